import { expect, test } from "vitest";
import { buildSnapshot } from "@/lib/catalog/snapshot/snapshot";
import { DEFAULT_POLICY } from "@/lib/extension/policy/policy";
import type { VersionRecord } from "@/lib/marketplace/public-records";
import { catalogRecords, extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { digestOf } from "@/tests/builders/inspection-report";

const NOW = new Date("2026-11-20T12:00:00Z");
const DISK_LENS = "docker.io/acme/disk-lens";

function snapshotOf(...extensions: Parameters<typeof catalogRecords>[0]) {
  return buildSnapshot(catalogRecords(extensions), NOW);
}

function viewOf(entry: object, ...versions: VersionRecord[]) {
  const view = snapshotOf(extensionRecord(DISK_LENS, { entry, versions })).find("acme/disk-lens");
  if (view === undefined) throw new Error("the extension is not in the snapshot");
  return view;
}

test("an extension in force says what it is, and which versions may be installed, newest first", () => {
  const document = viewOf(
    {},
    versionRecord("1.2.0"),
    versionRecord("1.10.0"),
    versionRecord("2.0.0-rc.1"),
  ).document.value();
  expect(document).toMatchObject({
    repository: "acme/disk-lens",
    title: "Disk Lens",
    vendor: "Acme Inc.",
    publisher: { name: "acme", verified: false },
    categories: ["utility-tools"],
    latest: { tag: "1.10.0", version: "1.10.0", channel: "stable", requirement: { range: ">= 0.3.0" } },
    latestPrerelease: { tag: "2.0.0-rc.1" },
    deprecated: null,
    movedTo: null,
    entry: { track: "follow", range: null, pin: null, state: "active", expiresAt: null },
  });
  expect(document.versions.map(({ tag }) => tag)).toEqual(["2.0.0-rc.1", "1.10.0", "1.2.0"]);
  expect(document.latest?.platforms.map(({ architecture }) => architecture)).toEqual(["amd64", "arm64"]);
  expect(document.icon).toMatch(/^\/api\/v1\/media\/[0-9a-f]{64}$/);
});

test.each([
  ["suspended", { state: "suspended" }],
  ["revoked", { state: "revoked" }],
  ["expired in the database", { state: "expired" }],
  ["expired by time alone", { expiresAt: NOW }],
])("an entry that is %s leaves lists, offers and the allow-list, and its page says so", (_what, entry) => {
  const snapshot = snapshotOf(extensionRecord(DISK_LENS, { entry: entry as object }));
  const view = snapshot.find("acme/disk-lens");
  const state = "state" in entry ? entry.state : "expired";
  expect(snapshot.listed()).toEqual([]);
  expect(snapshot.allowListItems()).toEqual([]);
  expect(view?.document.value()).toMatchObject({
    title: "Disk Lens",
    latest: null,
    latestPrerelease: null,
    versions: [],
    entry: { state },
  });
  expect(view?.offer({ desktop: "4.44.0", architecture: "amd64" })).toMatchObject({
    offer: null,
    newest: null,
    reason: { code: `entry_${state}` },
  });
  expect(view?.version("1.0.0")?.value().reason?.code).toBe(`entry_${state}`);
});

test("an entry in force whose versions are all taken back stands on the allow-list without one, and in no list", () => {
  const snapshot = snapshotOf(
    extensionRecord(DISK_LENS, { versions: [versionRecord("1.0.0", { visibility: "yanked" })] }),
  );
  expect(snapshot.listed()).toEqual([]);
  expect(snapshot.allowListItems()).toMatchObject([
    { repository: "acme/disk-lens", tag: null, reference: null },
  ]);
});

test("yanked and blocked versions can be read with the reason, and are never offered", () => {
  const reason = { code: "vulnerable", message: "It leaks." };
  const view = viewOf(
    {},
    versionRecord("1.0.0"),
    versionRecord("1.1.0", { visibility: "yanked", reason }),
    versionRecord("1.2.0", { visibility: "blocked", reason }),
  );
  expect(view.document.value().versions.map(({ tag }) => tag)).toEqual(["1.0.0"]);
  expect(view.version("1.1.0")?.value()).toMatchObject({ visibility: "yanked", reason });
  expect(view.version("1.2.0")?.value()).toMatchObject({ visibility: "blocked", reason });
  expect(view.version("1.0.0")?.value()).toMatchObject({ visibility: "listed", reason: null });
  expect(view.version("9.9.9")).toBeUndefined();
});

test("a version that the track leaves out keeps its listing and says why it is not offered", () => {
  const view = viewOf({ track: "range", range: "^1" }, versionRecord("1.5.0"), versionRecord("2.0.0"));
  expect(view.document.value()).toMatchObject({
    latest: { tag: "1.5.0" },
    entry: { track: "range", range: "^1" },
  });
  expect(view.version("2.0.0")?.value()).toMatchObject({
    visibility: "listed",
    reason: { code: "outside_track" },
  });
});

test("a moved tag keeps the digest that was accepted, and shows the other", () => {
  const moved = { digest: digestOf("other"), seenAt: "2026-11-19T00:00:00.000Z" };
  const view = viewOf({}, versionRecord("1.0.0", { moved }));
  const accepted = versionRecord("1.0.0").digest;
  expect(view.version("1.0.0")?.value()).toMatchObject({ digest: accepted, moved });
  expect(view.allowListItem()).toMatchObject({
    digest: accepted,
    reference: `acme/disk-lens@${accepted}`,
  });
});

test("a version whose digest differs from the inspected one is never offered", () => {
  const other = { ...versionRecord("1.0.0"), digest: digestOf("other") };
  expect(viewOf({}, other).listed).toBe(false);
});

test("a wrong high version does not hide the one that runs", () => {
  const high = versionRecord("2.0.0", { report: { labels: { apiVersion: ">= 99" } } });
  expect(viewOf({}, high, versionRecord("1.0.0")).summary().latest?.tag).toBe("1.0.0");
});

test("of one version under two tags the plain tag is the one that is offered", () => {
  const view = viewOf({}, versionRecord("v1.0.0"), versionRecord("1.0.0"));
  expect(view.document.value().versions.map(({ tag }) => tag)).toEqual(["1.0.0"]);
});

test("a pin to a prerelease is on the allow-list with that prerelease", () => {
  const pinned = versionRecord("2.0.0-rc.1");
  const entry = { track: "pin", pinTag: pinned.tag, pinDigest: pinned.digest };
  expect(viewOf(entry, pinned, versionRecord("1.0.0")).allowListItem()).toMatchObject({
    track: "pin",
    tag: "2.0.0-rc.1",
  });
});

test("texts of a blocked version do not stand for the extension", () => {
  const view = viewOf({}, versionRecord("1.0.0", { visibility: "blocked" }));
  expect(view.summary()).toMatchObject({ title: null, description: null, icon: null });
});

test("the snapshot knows the next instant at which time alone ends an entry", () => {
  const ends = (expiresAt: string) => ({ entry: { expiresAt: new Date(expiresAt) } });
  const snapshot = snapshotOf(
    extensionRecord("docker.io/acme/a", ends("2026-12-01T00:00:00Z")),
    extensionRecord("docker.io/acme/b", ends("2026-11-21T00:00:00Z")),
    extensionRecord("docker.io/acme/c", ends("2026-11-19T00:00:00Z")),
    extensionRecord("docker.io/acme/d"),
  );
  expect(snapshot.validUntil).toEqual(new Date("2026-11-21T00:00:00Z"));
  expect(snapshot.listed().map(({ repository }) => repository)).toEqual(["acme/a", "acme/b", "acme/d"]);
});

test("a change of one extension leaves the documents of every other one as they are", () => {
  const unchanged = extensionRecord("docker.io/acme/a");
  const before = snapshotOf(unchanged, extensionRecord("docker.io/acme/b"));
  const kept = before.find("acme/a")?.document.stored();
  const changed = extensionRecord("docker.io/acme/b", { entry: { state: "suspended" } });
  const after = buildSnapshot(catalogRecords([unchanged, changed], { revision: 2n }), NOW, before);
  expect(after.find("acme/a")?.document.stored()).toBe(kept);
  expect(after.find("acme/b")?.document.stored().identity.etag).not.toBe(
    before.find("acme/b")?.document.stored().identity.etag,
  );
});

test("the same records give the same bytes and ETags, whatever process makes them", async () => {
  const make = async () => {
    const snapshot = snapshotOf(extensionRecord(DISK_LENS), extensionRecord("ghcr.io/acme/a"));
    return [
      await snapshot.allowList(),
      snapshot.categories(),
      snapshot.desktopReleases(),
      snapshot.find("acme/disk-lens")?.document.stored(),
    ].map((document) => [document?.identity.etag, document?.gzip?.etag]);
  };
  expect(await make()).toEqual(await make());
});

test("a change of what versions are judged by changes what is said about them", () => {
  const records = [
    extensionRecord(DISK_LENS, {
      versions: [versionRecord("1.0.0", { report: { labels: { apiVersion: "0.3.0" } } })],
    }),
  ];
  const before = buildSnapshot(catalogRecords(records), NOW);
  const exact = { policy: { ...DEFAULT_POLICY, bareApiVersion: "exact" as const }, revision: 2n };
  const after = buildSnapshot(catalogRecords(records, exact), NOW, before);
  expect(before.find("acme/disk-lens")?.summary().latest?.requirement.range).toBe(">= 0.3.0");
  expect(after.find("acme/disk-lens")?.summary().latest?.requirement.range).toBe("0.3.0");
});

test("the offer is by digest, and says why no newer version is offered", () => {
  const newer = versionRecord("2.0.0", { report: { labels: { apiVersion: ">= 0.4.2" } } });
  const offer = viewOf({}, newer, versionRecord("1.0.0")).offer({ desktop: "4.18.0", architecture: "arm64" });
  expect(offer).toMatchObject({
    offer: {
      tag: "1.0.0",
      reference: `acme/disk-lens@${versionRecord("1.0.0").digest}`,
      confidence: "verified",
    },
    newest: { tag: "2.0.0" },
    reason: { code: "needs_newer_desktop", minimumDesktop: "4.44.0", maximumDesktop: null },
  });
});

test("an extension whose records make no sense is left out alone", () => {
  const damaged = extensionRecord("docker.io/acme/b", { entry: { track: "pin" } });
  const snapshot = snapshotOf(extensionRecord("docker.io/acme/a"), damaged);
  expect(snapshot.listed().map(({ repository }) => repository)).toEqual(["acme/a"]);
  expect(snapshot.damaged()).toMatchObject([{ repository: "docker.io/acme/b" }]);
});

test("a version that the registry lost can still be read, as unavailable, and is known to the update check", () => {
  const missingSince = "2026-11-19T00:00:00.000Z";
  const view = viewOf({}, versionRecord("1.0.0", { missingSince }), versionRecord("1.1.0"));
  expect(view.version("1.0.0")?.value()).toMatchObject({ availability: "unavailable", missingSince });
  expect(view.version("1.1.0")?.value()).toMatchObject({ availability: "available", missingSince: null });
  expect(view.installed("1.0.0", undefined)).toMatchObject({ seen: true, sameDigest: true });
});

test("a version names the other version tags of its image", () => {
  const one = versionRecord("1.0.0");
  const same = { ...one, tag: "1.0.1", semver: "1.0.1" };
  const view = viewOf({}, one, same, versionRecord("1.1.0"));
  expect(view.version("1.0.0")?.value().aliases).toEqual(["1.0.1"]);
  expect(view.version("1.1.0")?.value().aliases).toEqual([]);
});
