import { expect, test } from "vitest";
import { compatibilityMatrix } from "@/lib/catalog/compatibility/matrix";
import { groupReleases } from "@/lib/catalog/compatibility/release-groups";
import { buildSnapshot } from "@/lib/catalog/snapshot/snapshot";
import { catalogRecords, extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { RELEASES, release } from "@/tests/builders/desktop-releases";

const NOW = new Date("2026-11-20T12:00:00Z");
const needs = (tag: string, raw: string) =>
  versionRecord(tag, {
    report: {
      requirements: [
        { platform: "linux/amd64", raw },
        { platform: "linux/arm64", raw },
      ],
    },
  });

function viewOf(...versions: ReturnType<typeof versionRecord>[]) {
  const record = extensionRecord("docker.io/acme/logs", { versions });
  const view = buildSnapshot(catalogRecords([record]), NOW).find("acme/logs");
  if (view === undefined) throw new Error("the extension was just put in");
  return view;
}

const VIEW = viewOf(needs("1.0.0", ">= 0.2.0"), needs("2.0.0", ">= 0.3.4"), needs("3.0.0", ">= 0.4.2"));

test("every release on record has a row with the very offer that its host gets", () => {
  const { items, total, newest } = compatibilityMatrix(VIEW);
  expect(newest).toMatchObject({ tag: "3.0.0" });
  expect(total).toBe(RELEASES.length);
  expect(items.map(({ desktop }) => desktop)).toEqual(RELEASES.map(({ version }) => version).reverse());
  for (const { desktop, offers } of items) {
    for (const { architecture, offer, reason } of offers)
      expect({ offer, reason }).toEqual(
        (({ offer, reason }) => ({ offer, reason }))(VIEW.offer({ desktop, architecture })),
      );
  }
});

test("releases that follow each other with one answer are one group, and no group hides a difference", () => {
  const { items } = compatibilityMatrix(VIEW);
  const groups = groupReleases(items);
  expect(groups.map(({ newest, oldest, offers }) => [newest, oldest, offers[0]?.offer?.tag])).toEqual([
    ["4.57.0", "4.44.0", "3.0.0"],
    ["4.42.0", "4.42.0", "2.0.0"],
    ["4.41.2", "4.18.0", "2.0.0"],
    ["4.16.1", "4.8.0", "1.0.0"],
  ]);
  expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(items.length);
  expect(groups[3]?.apiVersions).toEqual(["0.3.3", "0.3.0", "0.2.3"]);
});

test("releases of which the same is unknown are one group, and its sentence speaks of all of them", () => {
  const between = ["4.42.1", "4.43.0"].map((version) => release(version, null, "unverified"));
  const record = extensionRecord("docker.io/acme/logs", { versions: [needs("1.0.0", ">= 0.4.1")] });
  const records = catalogRecords([record], { releases: [...RELEASES, ...between] });
  const view = buildSnapshot(records, NOW).find("acme/logs");
  const unknown = (view ? groupReleases(compatibilityMatrix(view).items) : []).filter(
    ({ count }) => count === 3,
  );
  expect(unknown).toMatchObject([{ newest: "4.43.0", oldest: "4.42.0" }]);
  expect(unknown[0]?.offers[0]?.reason.message).toMatch(/^May not work with these releases, whose /);
});

test("the newest compatible version is offered, and the reason tells of the newest one", () => {
  const { items } = compatibilityMatrix(VIEW);
  expect(items.find(({ desktop }) => desktop === "4.18.0")?.offers[1]).toMatchObject({
    architecture: "arm64",
    offer: { tag: "2.0.0" },
    reason: { code: "needs_newer_desktop", minimumDesktop: "4.44.0" },
  });
});

test("a suspended extension is offered to no release, and each says why", () => {
  const record = extensionRecord("docker.io/acme/logs", { entry: { state: "suspended" } });
  const view = buildSnapshot(catalogRecords([record]), NOW).find("acme/logs");
  const groups = view ? groupReleases(compatibilityMatrix(view).items) : [];
  expect(groups).toHaveLength(1);
  expect(groups[0]?.offers).toMatchObject([
    { offer: null, reason: { code: "entry_suspended" } },
    { offer: null, reason: { code: "entry_suspended" } },
  ]);
});
