import { expect, test } from "vitest";
import type { LongText } from "@/lib/catalog/exports/export-document";
import { type PodmanCatalog, podmanCatalog } from "@/lib/catalog/exports/podman-desktop";
import { type AllowedExtensions, allowedExtensions } from "@/lib/catalog/exports/rancher-desktop";
import { expectSchema } from "@/tests/unit/catalog/exports/expect-schema";
import { ORIGIN, shelf } from "@/tests/unit/catalog/exports/shelf";

/** What a client makes of the text. */
function read<Value>({ pieces }: LongText): Value {
  return JSON.parse(pieces.join(""));
}

test("Rancher Desktop gets every stable version by tag, without lost tags", async () => {
  const made = await allowedExtensions(shelf(), undefined);
  const allowed = read<AllowedExtensions>(made);
  expectSchema("rancher-allowed", allowed);
  const { list } = allowed.application.extensions.allowed;
  expect(list.filter((image) => image.startsWith("acme/plain"))).toEqual([
    "acme/plain:1.0.0",
    "acme/plain:0.9.0",
  ]);
  expect(list).toContain("acme/pinned:2.0.0-rc.1");
  expect(list).toContain("ghcr.io/acme/tools/lens:1.0.0");
  expect(list).toContain("acme/half:2.0.1");
  for (const image of [
    "acme/half:2.1.0",
    "acme/moved:2.0.0",
    "acme/lost:1.0.0",
    "acme/plain:0.8.0",
    "acme/suspended:1.0.0",
  ])
    expect(list).not.toContain(image);
  expect(made.omitted).toBe(5);
});

test("with a settings version the list is a deployment profile", async () => {
  const allowed = read<AllowedExtensions>(await allowedExtensions(shelf(), 11));
  expectSchema("rancher-allowed", allowed);
  expect(allowed.version).toBe(11);
});

test("an empty catalog allows Rancher Desktop nothing", async () => {
  const empty = { ...shelf(), listed: () => [] };
  expect(read(await allowedExtensions(empty, undefined))).toEqual({
    application: { extensions: { allowed: { enabled: true, list: [] } } },
  });
});

test("Podman Desktop gets every version newest first, prereleases marked, without tags that are lost", async () => {
  const made = await podmanCatalog(shelf(), ORIGIN);
  const catalog = read<PodmanCatalog>(made);
  expectSchema("podman-extensions", catalog);
  const plain = catalog.extensions.find(({ extensionName }) => extensionName === "plain");
  expect(plain).toMatchObject({ publisher: { publisherName: "acme" }, displayName: "Disk Lens" });
  expect(plain?.versions.map(({ version, preview, ociUri }) => [version, preview, ociUri])).toEqual([
    ["1.1.0-rc.1", true, "docker.io/acme/plain:1.1.0-rc.1"],
    ["1.0.0", false, "docker.io/acme/plain:1.0.0"],
    ["0.9.0", false, "docker.io/acme/plain:0.9.0"],
  ]);
  expect(plain?.versions[0]?.files).toEqual([
    { assetType: "icon", data: `${ORIGIN}/api/v1/media/${"ab".repeat(32)}` },
  ]);
  expect(catalog.extensions.map(({ extensionName }) => extensionName)).not.toContain("lost");
  expect(made.omitted).toBe(4);
});

test("two registries' publishers of one name stay apart", async () => {
  const names = read<PodmanCatalog>(await podmanCatalog(shelf(), ORIGIN)).extensions.map(
    ({ publisher, extensionName }) => `${publisher.publisherName}.${extensionName}`,
  );
  expect(names).toContain("ghcr.io-acme-tools.lens");
  expect(new Set(names).size).toBe(names.length);
});
