import { expect, test } from "vitest";
import { DEFAULT_POLICY } from "@/lib/extension/policy/policy";
import { allowListItem, allowListItemSchema } from "@/lib/marketplace/publishing/allow-list-item";
import { offerableVersions, type VersionFacts } from "@/lib/marketplace/publishing/offerable";
import { type EntryFacts, entryStateAt } from "@/lib/marketplace/rows/entry-facts";
import { extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { RELEASES } from "@/tests/builders/desktop-releases";

const NOW = new Date("2026-11-20T12:00:00Z");
const REPOSITORY = "docker.io/acme/disk-lens";

function entry(changes: Partial<EntryFacts> = {}): EntryFacts {
  return extensionRecord(REPOSITORY, { entry: changes }).entry;
}

function tags(facts: EntryFacts | null, ...versions: VersionFacts[]): string[] {
  return offerableVersions(facts, versions, NOW).map(({ tag }) => tag);
}

test("a version is offerable when the entry is in force, it is listed, admitted, and inspected at its digest", () => {
  expect(tags(entry(), versionRecord("1.0.0"))).toEqual(["1.0.0"]);
});

test.each([
  ["there is no entry", null],
  ["the entry is suspended", entry({ state: "suspended" })],
  ["the entry is revoked", entry({ state: "revoked" })],
  ["the entry has expired", entry({ expiresAt: NOW })],
  ["the range leaves it out", entry({ track: "range", range: "^2" })],
  [
    "another version is pinned",
    entry({ track: "pin", pinTag: "1.0.1", pinDigest: versionRecord("1.0.0").digest }),
  ],
  [
    "another digest is pinned",
    entry({ track: "pin", pinTag: "1.0.0", pinDigest: versionRecord("1.0.1").digest }),
  ],
])("nothing is offerable when %s", (_why, facts) => {
  expect(tags(facts, versionRecord("1.0.0"))).toEqual([]);
});

const listed = versionRecord("1.0.0");
test.each([
  ["held", { ...listed, visibility: "held" as const }],
  ["unlisted", { ...listed, visibility: "unlisted" as const }],
  ["yanked", { ...listed, visibility: "yanked" as const }],
  ["blocked", { ...listed, visibility: "blocked" as const }],
  ["replaced by another digest", { ...listed, current: false }],
  ["not inspected yet", { ...listed, inspection: { ...listed.inspection, state: "pending" as const } }],
  ["not an extension", { ...listed, inspection: { ...listed.inspection, state: "invalid" as const } }],
  ["without a report", { ...listed, inspection: { state: "inspected" as const, report: null } }],
  [
    "of a report that this release does not read",
    { ...listed, inspection: { state: "inspected" as const, report: { schema: 99 } } },
  ],
  ["inspected at another digest", { ...listed, digest: versionRecord("1.0.1").digest }],
])("a version that is %s is never offerable", (_what, version) => {
  expect(tags(entry(), version)).toEqual([]);
});

test("time ends what is active, and nothing else", () => {
  const past = new Date("2026-11-20T11:59:59.999Z");
  expect(entryStateAt({ state: "active", expiresAt: past }, NOW)).toBe("expired");
  expect(entryStateAt({ state: "active", expiresAt: NOW }, NOW)).toBe("expired");
  expect(entryStateAt({ state: "active", expiresAt: new Date(NOW.getTime() + 1) }, NOW)).toBe("active");
  expect(entryStateAt({ state: "suspended", expiresAt: past }, NOW)).toBe("suspended");
  expect(entryStateAt({ state: "revoked", expiresAt: past }, NOW)).toBe("revoked");
});

function itemOf(facts: EntryFacts, ...versions: VersionFacts[]) {
  const offerable = offerableVersions(facts, versions, NOW);
  return allowListItem({ ...facts, repository: REPOSITORY }, offerable, RELEASES, DEFAULT_POLICY);
}

test("an item names the latest version by digest, in the shape that is served", () => {
  const item = itemOf(
    entry({ expiresAt: new Date("2026-12-01T00:00:00Z") }),
    versionRecord("1.0.0"),
    versionRecord("1.1.0"),
  );
  const { digest } = versionRecord("1.1.0");
  expect(item).toEqual({
    repository: "acme/disk-lens",
    track: "follow",
    range: null,
    state: "active",
    tag: "1.1.0",
    version: "1.1.0",
    digest,
    reference: `acme/disk-lens@${digest}`,
    since: "2026-11-01T08:00:00.000Z",
    expiresAt: "2026-12-01T00:00:00.000Z",
  });
  expect(allowListItemSchema.parse(item)).toEqual(item);
});

test("only a pin puts a prerelease on the allow-list", () => {
  const candidate = versionRecord("2.0.0-rc.1");
  expect(itemOf(entry(), candidate)).toMatchObject({
    tag: null,
    version: null,
    digest: null,
    reference: null,
  });
  const pin = entry({ track: "pin", pinTag: candidate.tag, pinDigest: candidate.digest });
  expect(itemOf(pin, candidate)).toMatchObject({ tag: "2.0.0-rc.1", digest: candidate.digest });
});

test("an entry that is not active has no item", () => {
  expect(itemOf(entry({ state: "suspended" }), versionRecord("1.0.0"))).toBeNull();
});
