import { describe, expect, test } from "vitest";
import { namedUrl } from "@/lib/registry/transport/named-url";

const REGISTRY = new URL("https://registry.example/v2/acme/lens/manifests/1.0.0");

const read = (text: string, reached = REGISTRY) => namedUrl(text, reached, reached)?.href;

describe("repeated slashes", () => {
  test.each<[text: string, read: string]>([
    ["https://registry.example//v2//acme/lens", "https://registry.example/v2/acme/lens"],
    ["https://other.example//v2///acme/lens", "https://other.example/v2/acme/lens"],
    ["https://other.example//v2//acme?ns=a//b", "https://other.example/v2/acme?ns=a//b"],
    ["//v2/acme/lens", "https://registry.example/v2/acme/lens"],
    ["///v2//acme/lens", "https://registry.example/v2/acme/lens"],
    ["/v2//acme/lens?next=https://x//y", "https://registry.example/v2/acme/lens?next=https://x//y"],
    ["//cdn.example/blob", "https://cdn.example/blob"],
    ["https://registry.example//token?service=a//b", "https://registry.example/token?service=a//b"],
    ["https://other.example//token", "https://other.example/token"],
    ["https://other.example/a%2F%2Fb", "https://other.example/a%2F%2Fb"],
  ])("%s is %s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test("the path of a storage service's signed URL is part of the signature", () => {
    const signed = "https://bucket.s3.example//docker//blobs/data?X-Amz-Signature=abc";
    expect(read(signed)).toBe(signed);
  });
});

describe("plain HTTP on the host that was reached over https", () => {
  test.each<[text: string, reached: string, read: string]>([
    ["http://registry.example/token", "https://registry.example", "https://registry.example/token"],
    ["http://REGISTRY.example:80/token", "https://registry.example", "https://registry.example/token"],
    ["http://registry.example:443/token", "https://registry.example", "https://registry.example/token"],
    ["http://registry.example:8443/t", "https://registry.example:8443", "https://registry.example:8443/t"],
    ["http://registry.example/t", "https://registry.example:8443", "https://registry.example:8443/t"],
    ["http://10.0.0.7:8443/t?a=b", "https://10.0.0.7:8443", "https://10.0.0.7:8443/t?a=b"],
    ["http://registry.example:8080/t", "https://registry.example", "http://registry.example:8080/t"],
    ["http://auth.registry.example/t", "https://registry.example", "http://auth.registry.example/t"],
    ["http://registry.example.evil/t", "https://registry.example", "http://registry.example.evil/t"],
    ["http://registry.example:5000/t", "http://registry.example:5000", "http://registry.example:5000/t"],
    ["https://registry.example:5000/t", "http://registry.example:5000", "https://registry.example:5000/t"],
  ])("%s, reached at %s, is %s", (text, reached, expected) => {
    expect(read(text, new URL(reached))).toBe(expected);
  });
});

test.each(["https://", "http://[", "https://a b/"])("%j is not a URL", (text) => {
  expect(read(text)).toBeUndefined();
});

test("without a base, a path alone is not a URL", () => {
  expect(namedUrl("/token", REGISTRY)).toBeUndefined();
});

test("the fragment is dropped", () => {
  expect(read("/v2/x#y")).toBe("https://registry.example/v2/x");
});
