import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { newestRelease } from "@/lib/extension/desktop/release-age";
import { compareSemver, parseSemver } from "@/lib/extension/reference/semver";
import { SHIPPED_REVISION, shippedReleases } from "@/lib/marketplace/desktop-releases/shipped-releases";

/** The table's hash by revision. Instances take a table only if its revision is higher: raise it when the table changes. */
const HASHES: Record<number, string> = {
  2: "6c37c8378a63771d",
};

test("a changed table has a new revision", () => {
  const hash = createHash("sha256").update(JSON.stringify(shippedReleases())).digest("hex").slice(0, 16);
  expect({ [SHIPPED_REVISION]: hash }).toEqual({ [SHIPPED_REVISION]: HASHES[SHIPPED_REVISION] });
});

test("every row is a release with a date, a source and versions that can be compared", () => {
  for (const { version, releasedOn, apiVersion, composeVersion, source } of shippedReleases()) {
    expect([version, source.length > 10, releasedOn]).toEqual([
      version,
      true,
      expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    ]);
    for (const text of [version, apiVersion ?? "0.0.0", composeVersion ?? "0.0.0"])
      expect(parseSemver(text), `${version} ${text}`).toBeDefined();
  }
});

test("the rows are in order, and no later release has an older API or Compose", () => {
  const releases = shippedReleases();
  const ascending = (texts: (string | null)[]) => {
    const versions = texts.flatMap((text) => (text === null ? [] : (parseSemver(text) ?? [])));
    expect(
      versions.every((each, index) => index === 0 || compareSemver(versions[index - 1] ?? each, each) <= 0),
    ).toBe(true);
  };
  ascending(releases.map(({ version }) => version));
  ascending(releases.map(({ apiVersion }) => apiVersion));
  ascending(releases.map(({ composeVersion }) => composeVersion));
  expect(new Set(releases.map(({ version }) => version)).size).toBe(releases.length);
});

test("the table reaches Docker Desktop 4.92 of September 2026", () => {
  expect(newestRelease(shippedReleases(), new Date("2026-11-30T00:00:00Z"))).toMatchObject({
    version: "4.92.0",
    releasedOn: "2026-09-21",
  });
});
