import { expect, test } from "vitest";
import { findByHubKey, hubMarketplace, hubMetadata } from "@/lib/catalog/exports/docker-hub";
import { LABELS } from "@/lib/extension/labels/label-names";
import { versionRecord } from "@/tests/builders/catalog-records";
import { expectSchema } from "@/tests/unit/catalog/exports/expect-schema";
import { NOW, ORIGIN, shelf } from "@/tests/unit/catalog/exports/shelf";

const metadataOf = (key: string) => hubMetadata(findByHubKey(shelf(), key), NOW, ORIGIN);

test("the marketplace names what is in force on Docker Hub, and counts the rest", () => {
  const { marketplace, omitted } = hubMarketplace(shelf());
  expectSchema("hub-marketplace", marketplace);
  expect(marketplace.extensions).toEqual([
    "a/b_c",
    "a_b/c",
    "acme/arm-only",
    "acme/half",
    "acme/lost",
    "acme/moved",
    "acme/new-api",
    "acme/newest-only",
    "acme/pinned",
    "acme/plain",
  ]);
  // One is on another registry, one has no stable version.
  expect(omitted).toBe(2);
});

test("a version has the digest that was accepted, whatever its tag says by now", () => {
  const metadata = metadataOf("acme_moved");
  expectSchema("hub-metadata", metadata);
  expect(metadata.LatestVersion).toMatchObject({
    Tag: "2.0.0",
    ManifestListDigest: versionRecord("2.0.0").digest,
  });
  expect(metadata.PreviousVersions.map(({ Tag }) => Tag)).toEqual(["1.0.0"]);
});

test("what is withdrawn or newer than what is in force is not among the previous versions", () => {
  const metadata = metadataOf("acme_plain");
  expect(metadata.LatestVersion.Tag).toBe("1.0.0");
  expect(metadata.PreviousVersions.map(({ Tag }) => Tag)).toEqual(["0.9.0"]);
});

test("a newer version for one platform is neither current nor previous", () => {
  const metadata = metadataOf("acme_half");
  expect(metadata.LatestVersion.Tag).toBe("2.0.1");
  expect(metadata.PreviousVersions).toEqual([]);
});

test("pictures in labels are at this origin, or not there at all", () => {
  const { LatestVersion, PreviousVersions } = metadataOf("acme_plain");
  expect(LatestVersion.Labels[LABELS.icon]).toBe(`${ORIGIN}/api/v1/media/${"ab".repeat(32)}`);
  expect(PreviousVersions[0]?.Labels).not.toHaveProperty([LABELS.icon]);
  expect(JSON.stringify(LatestVersion.Labels)).not.toContain("shot.png");
});

test.each([
  ["acme_unknown", "not_found"],
  ["acme_suspended", "not_found"],
  ["acme_young", "not_found"],
  ["ghcr.io_acme/tools/lens", "not_found"],
  ["acme", "not_found"],
  ["_", "not_found"],
  ["a_b_c", "ambiguous_key"],
])("the key %s is %s", (key, code) => {
  expect(() => findByHubKey(shelf(), key)).toThrow(expect.objectContaining({ code }));
});
