import { expect, test } from "vitest";
import {
  type CatalogQuery,
  catalogHref,
  extensionHref,
  versionHref,
} from "@/components/catalog/catalog-address";
import { cacheableAddress } from "@/lib/process/page-cache/cacheable-pages";

const HOST = { desktop: "4.44.0", architecture: "arm64" };

/** Everything that the catalog's address can say: a new field has to be added here to compile. */
const QUERY: Required<CatalogQuery> = {
  q: "disk",
  category: "utility-tools",
  publisher: "acme",
  capability: "hostPaths",
  platform: "linux/arm64",
  fits: true,
  sort: "name",
  cursor: "abc",
  host: HOST,
};

test.each([
  ["the catalog", catalogHref(QUERY)],
  ["an extension", extensionHref("acme/disk-lens", HOST)],
  ["an extension on another registry", extensionHref("127.0.0.1:5000/acme/disk_lens", undefined)],
  ["a version", versionHref("ghcr.io/acme/disk-lens", "v1.0.0-rc.1_x", HOST)],
])("the addresses that our own links to %s have are kept", (_what, href) => {
  expect(new URL(cacheableAddress(href) ?? "", "http://x").searchParams.size).toBe(
    new URL(href, "http://x").searchParams.size,
  );
  expect(cacheableAddress(href)).toBeDefined();
});
