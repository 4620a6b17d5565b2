import { expect, test } from "vitest";
import { catalogHref, extensionHref, versionHref } from "@/components/catalog/catalog-address";

const HOST = { desktop: "4.44.0", architecture: "arm64" };

test.each([
  [{}, "/"],
  [{ q: "a&b c" }, "/?q=a%26b+c"],
  [{ fits: false }, "/"],
  [
    { q: "disk", category: "volumes", fits: true, host: HOST },
    "/?q=disk&category=volumes&fits=1&desktop=4.44.0&arch=arm64",
  ],
])("a URL contains the query and nothing else: %j", (query, address) => {
  expect(catalogHref(query)).toBe(address);
});

test("a repository keeps its slashes and its port", () => {
  expect(extensionHref("127.0.0.1:5000/acme/disk-lens", undefined)).toBe(
    "/extensions/127.0.0.1:5000/acme/disk-lens",
  );
  expect(versionHref("acme/disk-lens", "v1.0.0", HOST)).toBe(
    "/extensions/acme/disk-lens/-/versions/v1.0.0?desktop=4.44.0&arch=arm64",
  );
});
