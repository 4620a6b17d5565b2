import { expect, test } from "vitest";
import { blockedDigests } from "@/lib/catalog/documents/blocked-digests";
import { inspectionHere } from "@/lib/catalog/documents/inspection-document";
import { updatesJson } from "@/lib/catalog/queries/updates";
import { buildSnapshot } from "@/lib/catalog/snapshot/snapshot";
import { blocklistOf } from "@/lib/catalog/views/blocklist";
import type { BlockRecord } from "@/lib/marketplace/public-records";
import { catalogRecords, extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { digestOf, inspectionReport } from "@/tests/builders/inspection-report";

const NOW = new Date("2026-11-20T00:00:00Z");
const BAD = inspectionReport("bad");
const [AMD, ARM] = BAD.platforms.map(({ digest }) => digest);
const [CONFIG] = BAD.platforms.map(({ configDigest }) => configDigest);

function block(changes: Partial<BlockRecord> = {}): BlockRecord {
  return {
    ...{ digest: BAD.digest, digests: [BAD.digest, String(AMD), String(ARM)] },
    ...{ level: "hard", reason: "Malware.", repository: "docker.io/acme/lens", tag: "1.1.0" },
    ...changes,
  };
}

function answers(items: { repository: string; tag: string; digest?: string }[], blocks = [block()]) {
  const snapshot = buildSnapshot(catalogRecords([extensionRecord("docker.io/acme/fine")], { blocks }), NOW);
  const { items: told } = JSON.parse(updatesJson(snapshot, { desktop: "4.38.0", arch: "amd64" }, items));
  return told.map((one: { action: string; reason: { code: string; message: string } }) => [
    one.action,
    one.reason.code,
    one.reason.message,
  ]);
}

test("an installed copy is recognized by its index or platform digest, in every repository and under every tag", () => {
  const blocked = ["blocked", "blocked_hard", "Malware."];
  expect(
    answers([
      { repository: "acme/fine", tag: "1.0.0", digest: BAD.digest },
      { repository: "acme/fine", tag: "7.0.0", digest: String(AMD) },
      { repository: "ghcr.io/nobody/knows", tag: "latest", digest: String(ARM) },
      { repository: "ghcr.io/nobody/knows", tag: "latest", digest: BAD.digest },
    ]),
  ).toEqual([blocked, blocked, blocked, blocked]);
});

test("a config, another digest and no digest at all are not blocked", () => {
  const told = answers([
    { repository: "ghcr.io/nobody/knows", tag: "1.1.0", digest: String(CONFIG) },
    { repository: "ghcr.io/nobody/knows", tag: "1.1.0", digest: digestOf("other") },
    { repository: "ghcr.io/nobody/knows", tag: "1.1.0" },
  ]);
  expect(told.map(([action]: [string]) => action)).toEqual(["not_listed", "not_listed", "not_listed"]);
});

test("the strictest block of a digest counts, in whatever order they come", () => {
  const soft = block({
    digest: digestOf("other"),
    digests: [String(AMD)],
    level: "soft",
    reason: "Careful.",
  });
  for (const blocks of [
    [soft, block()],
    [block(), soft],
  ])
    expect(blockedDigests(blocks)(String(AMD))).toMatchObject({ level: "hard", reason: "Malware." });
});

test("the blocklist names the image once, its digests, and where else it is known", () => {
  const blocked = (tag: string, changes = {}) => ({
    ...versionRecord(tag, { visibility: "blocked", ...changes }),
    digest: BAD.digest,
    inspection: { state: "inspected" as const, report: JSON.parse(JSON.stringify(BAD)) },
  });
  const snapshot = buildSnapshot(
    catalogRecords(
      [
        extensionRecord("docker.io/acme/lens", { versions: [versionRecord("1.0.0"), blocked("1.1.0")] }),
        extensionRecord("docker.io/other/copy", { versions: [blocked("9.0.0")] }),
      ],
      { blocks: [block()] },
    ),
    NOW,
  );
  expect(blocklistOf(snapshot)).toEqual([
    {
      ...{ repository: "acme/lens", tag: "1.1.0", digest: BAD.digest, platformDigests: [AMD, ARM] },
      ...{ level: "hard", reason: { code: "block_by_person", message: "Malware." }, everyRepository: true },
      copies: [{ repository: "other/copy", tag: "9.0.0", digest: BAD.digest }],
    },
  ]);
});

test("a config that a clean version shares does not make that version blocked", () => {
  const shared = { ...inspectionReport("clean") };
  shared.platforms = shared.platforms.map((platform) => ({
    ...platform,
    configDigest: digestOf("empty config"),
  }));
  const bad = {
    ...BAD,
    platforms: BAD.platforms.map((one) => ({ ...one, configDigest: digestOf("empty config") })),
  };
  const version = (tag: string, report: typeof bad, changes = {}) => ({
    ...versionRecord(tag, changes),
    digest: report.digest,
    inspection: { state: "inspected" as const, report: JSON.parse(JSON.stringify(report)) },
  });
  const versions = [version("1.0.0", shared), version("1.1.0", bad, { visibility: "blocked" })];
  const snapshot = buildSnapshot(catalogRecords([extensionRecord("docker.io/acme/lens", { versions })]), NOW);
  const view = snapshot.find("acme/lens");
  expect(view?.installed("1.0.0", digestOf("empty config")).withdrawal).toBeUndefined();
  expect(view?.installed("1.1.0", bad.digest).withdrawal).toMatchObject({ kind: "blocked" });
});

test("a pre-flight of a blocked image says so, and does not pass", async () => {
  const snapshot = buildSnapshot(catalogRecords([], { blocks: [block({ digests: [String(ARM)] })] }), NOW);
  const { outcome, findings } = await inspectionHere({ tag: "5.0.0", report: BAD }, snapshot);
  expect(outcome).toBe("needs_you");
  expect(findings).toContainEqual(
    expect.objectContaining({ code: "image_blocked", message: expect.stringContaining("acme/lens:1.1.0") }),
  );
});
