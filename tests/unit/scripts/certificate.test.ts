import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { readSigner } from "@/lib/inspection/supply-chain/signer";
import { makeCertificate } from "@/scripts/demo/certificate/certificate";
import { der, objectIdentifier, TAG } from "@/scripts/demo/certificate/der";

const NOW = new Date("2026-05-04T03:02:01Z");

test("OpenSSL reads the names, the dates and the key that were asked for", () => {
  const names = ["DNS:media.example", "IP:127.0.0.1", "URI:https://git.example/a", "email:ada@acme.example"];
  const { cert, key } = makeCertificate({ subject: "The demo", names, now: NOW, days: 3 });
  const read = new X509Certificate(cert);
  expect([read.subject, read.issuer, read.ca]).toEqual(["CN=The demo", "CN=The demo", true]);
  expect([read.validFrom, read.validTo]).toEqual(["May  3 03:02:01 2026 GMT", "May  6 03:02:01 2026 GMT"]);
  expect(read.subjectAltName).toBe(
    "DNS:media.example, IP Address:127.0.0.1, URI:https://git.example/a, email:ada@acme.example",
  );
  expect(read.verify(read.publicKey)).toBe(true);
  expect(key).toContain("PRIVATE KEY");
});

test("an authority vouches for another, which vouches for nobody", () => {
  const issuer = makeCertificate({ subject: "The authority" });
  const read = new X509Certificate(makeCertificate({ subject: "A server", issuer }).cert);
  const authority = new X509Certificate(issuer.cert);
  expect([read.issuer, read.ca]).toEqual(["CN=The authority", false]);
  expect([read.checkIssued(authority), read.verify(authority.publicKey)]).toEqual([true, true]);
});

test("every certificate has a key and a number of its own", () => {
  const made = Array.from({ length: 20 }, () => makeCertificate({ subject: "x" }));
  expect(new Set(made.map(({ key }) => key)).size).toBe(20);
  expect(new Set(made.map(({ cert }) => new X509Certificate(cert).serialNumber)).size).toBe(20);
});

test("an extension of a signer's certificate is found by its identifier", () => {
  const issuer = der(TAG.utf8String, "https://token.example");
  const { cert } = makeCertificate({
    subject: "sigstore",
    names: ["URI:https://git.example/release.yml"],
    extensions: { "1.3.6.1.4.1.57264.1.8": issuer },
  });
  expect(readSigner(cert)).toEqual({
    identity: "https://git.example/release.yml",
    issuer: "https://token.example",
  });
});

test.each([
  ["1.2.840.10045.4.3.2", "06082a8648ce3d040302"],
  ["1.3.6.1.4.1.57264.1.8", "060a2b0601040183bf300108"],
  ["2.5.29.17", "0603551d11"],
])("%s is written as %s", (dotted, hex) => {
  expect(objectIdentifier(dotted).toString("hex")).toBe(hex);
});

test.each([0, 127, 128, 255, 256, 65_535])("a value of %i bytes says its length", (length) => {
  const value = der(TAG.octetString, Buffer.alloc(length));
  const header = value.subarray(0, value.length - length).toString("hex");
  const lengths: Record<number, string> = {
    0: "0400",
    127: "047f",
    128: "048180",
    255: "0481ff",
    256: "04820100",
    65535: "0482ffff",
  };
  expect(header).toBe(lengths[length]);
});

test("a name of no known kind is refused", () => {
  expect(() => makeCertificate({ subject: "x", names: ["x400:there"] })).toThrow(/x400/);
});
