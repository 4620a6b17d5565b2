/** A block holds by digest in every repository, and nothing but a role as high as the blocker's lifts it. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import type { Context } from "@/lib/journal/context";
import { enforceBlocks } from "@/lib/marketplace/blocks/enforce-blocks";
import { changeEntry } from "@/lib/marketplace/entries/entry-acts";
import { allowListAt } from "@/lib/marketplace/history/allow-list-at";
import { recordListings } from "@/lib/marketplace/publishing/listing-history";
import { decide } from "@/lib/marketplace/submissions/decide";
import { getSubmissionReport } from "@/lib/marketplace/submissions/submission-report";
import { getSubmission } from "@/lib/marketplace/submissions/submissions";
import type { VersionActInput } from "@/lib/marketplace/versions/version-act-input";
import { actOnVersion } from "@/lib/marketplace/versions/version-acts";
import { getVersionCase } from "@/lib/marketplace/versions/version-case";
import { capabilities } from "@/tests/builders/capabilities";
import { extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions, writeReleases } from "@/tests/builders/catalog-rows";
import { inspectionReport } from "@/tests/builders/inspection-report";
import { openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";
import { decider, found, inReview, scanner, withPlatformOf } from "@/tests/support/deciders";

const GOOD = inspectionReport("good");
const BAD = inspectionReport("bad");
const REBUILT = withPlatformOf(BAD, "rebuilt around the bad platform");
const [BAD_PLATFORM] = BAD.platforms.map(({ digest }) => digest);

describe("blocks", () => {
  let database: TestDatabase;
  let admin: Context;
  let reviewer: Context;
  let publisher: Context & { userId: string };
  let names = 0;
  let mine: string;
  let theirs: string;

  beforeAll(async () => {
    database = await openTestDatabase("pglite");
    await writeReleases(database.db);
    admin = await decider(database.db, "admin");
    reviewer = await decider(database.db, "reviewer");
    publisher = await decider(database.db, "publisher");
  });

  afterAll(() => database.close());

  /** `mine` lists GOOD as 1.0.0 and BAD as 1.1.0, `theirs` BAD as 2.0.0 and an index around its platform as 2.1.0. */
  beforeEach(async () => {
    await database.db.prisma.blockedImage.deleteMany();
    await database.db.prisma.version.deleteMany();
    names += 1;
    mine = `docker.io/acme/mine-${names}`;
    theirs = `docker.io/acme/theirs-${names}`;
    await writeExtensions(
      database.db,
      extensionRecord(mine, { versions: [listed("1.0.0", GOOD), listed("1.1.0", BAD)] }),
      extensionRecord(theirs, { versions: [listed("2.0.0", BAD), listed("2.1.0", REBUILT)] }),
    );
    for (const repository of [mine, theirs]) await cover(repository, GOOD);
    await database.db.prisma.$transaction((tx) => recordListings(tx, admin, "all", "add"));
  });

  function listed(tag: string, report: InspectionReport) {
    const inspection = { state: "inspected" as const, report: JSON.parse(JSON.stringify(report)) };
    return { ...versionRecord(tag), digest: report.digest, inspection };
  }

  async function cover(repository: string, report: InspectionReport) {
    const { id: extensionId } = await database.db.prisma.extension.findUniqueOrThrow({
      where: { repository },
    });
    const envelope = { capabilities: JSON.parse(JSON.stringify(report.capabilities)), approved: [] };
    await database.db.prisma.entry.update({ where: { extensionId }, data: { envelope } });
  }

  const act = (ctx: Context, input: Omit<VersionActInput, "reason"> & { reason?: string }) =>
    actOnVersion(ctx, { reason: "Because.", ...input });
  const blockBad = (ctx: Context, level: "hard" | "soft" = "hard") =>
    act(ctx, { repository: mine, tag: "1.1.0", act: "block", level, reason: "Malware." });

  async function versions(repository: string) {
    const rows = await database.db.prisma.version.findMany({
      where: { extension: { repository } },
      orderBy: [{ tag: "asc" }, { digest: "asc" }],
    });
    return rows.map(({ tag, digest, visibility }) => `${tag} ${nameOf(digest)} ${visibility}`);
  }

  async function revision(repository: string): Promise<bigint> {
    return (await database.db.prisma.extension.findUniqueOrThrow({ where: { repository } })).revision;
  }

  async function offeredNow() {
    const { items } = await allowListAt(database.db, new Date().toISOString(), { key: "tests" });
    return items.filter(({ repository }) => repository.endsWith(`-${names}`)).map(({ digest }) => digest);
  }

  async function approve(ctx: Context, repository: string, tag: string, report: InspectionReport) {
    const { id, digest } = await inReview(database.db, {
      ...{ repository, tag, report },
      submitterId: publisher.userId,
    });
    return decide(ctx, { id, decision: "approve", expectedDigest: digest });
  }

  test("the drill: block, revoke, approve again; the image stays blocked under every tag and in every repository", async () => {
    await blockBad(admin);
    await changeEntry(admin, { repository: mine, state: "revoked", reason: "Malware." });
    const again = inspectionReport(`1.1.0 pushed again ${names}`);
    await approve(admin, mine, "1.1.0", again);
    await found(database.db, mine, "1.2.0", BAD);
    await found(database.db, mine, "1.3.0", REBUILT);
    await found(database.db, theirs, "2.2.0", BAD);
    const rows = await database.db.prisma.version.findMany({
      where: {
        digest: { in: [BAD.digest, REBUILT.digest] },
        extension: { repository: { in: [mine, theirs] } },
      },
    });
    expect(rows.map(({ tag }) => tag).sort()).toEqual(["1.1.0", "1.2.0", "1.3.0", "2.0.0", "2.1.0", "2.2.0"]);
    expect(new Set(rows.map(({ visibility }) => visibility))).toEqual(new Set(["blocked"]));
    expect(await offeredNow()).not.toContain(BAD.digest);
  });

  test("copies in other repositories leave offers in the same commit, and the public hears of each", async () => {
    expect(await offeredNow()).toEqual(expect.arrayContaining([BAD.digest]));
    const before = await revision(theirs);
    await blockBad(admin);
    expect(await versions(theirs)).toEqual(["2.0.0 bad blocked", "2.1.0 rebuilt blocked"]);
    expect(await revision(theirs)).toBeGreaterThan(before);
    expect(await revision(theirs)).toBe(await revision(mine));
    expect(await offeredNow()).toEqual([GOOD.digest, null]);
    const decisions = await database.db.prisma.decision.findMany({
      where: { extension: { repository: theirs } },
    });
    expect(decisions.map(({ kind, tag }) => `${kind} ${tag}`).sort()).toEqual([
      "version.block 2.0.0",
      "version.block 2.1.0",
    ]);
  });

  test("neither a shared config nor a shared platform of a blocked copy spreads a block", async () => {
    const [badPlatform] = BAD.platforms;
    const [first, second] = inspectionReport(`shares a config ${names}`).platforms;
    if (!badPlatform || !first || !second) throw new Error("every report names two platforms");
    const sharesConfig = inspectionReport(`shares a config ${names}`, {
      platforms: [{ ...first, configDigest: badPlatform.configDigest }, second],
    });
    const sharesOther = { ...inspectionReport(`shares the clean platform ${names}`) };
    const [, clean] = REBUILT.platforms;
    if (!clean) throw new Error("the rebuilt index names two platforms");
    sharesOther.platforms = [clean];
    await blockBad(admin);
    await found(database.db, mine, "1.4.0", sharesConfig);
    await found(database.db, mine, "1.5.0", sharesOther);
    expect(await versions(mine)).toEqual([
      "1.0.0 good listed",
      "1.1.0 bad blocked",
      expect.stringMatching(/^1.4.0 .* listed$/),
      expect.stringMatching(/^1.5.0 .* listed$/),
    ]);
  });

  test("no reviewer lifts an admin's block, from no copy; an admin lifts it everywhere at once", async () => {
    await blockBad(admin);
    for (const copy of [
      { repository: mine, tag: "1.1.0" },
      { repository: theirs, tag: "2.0.0" },
      { repository: theirs, tag: "2.1.0" },
    ])
      await expect(act(reviewer, { ...copy, act: "restore" })).rejects.toMatchObject({
        code: "higher_role_decision",
      });
    await act(admin, { repository: theirs, tag: "2.1.0", act: "restore" });
    expect(await versions(mine)).toEqual(["1.0.0 good listed", "1.1.0 bad listed"]);
    expect(await versions(theirs)).toEqual(["2.0.0 bad listed", "2.1.0 rebuilt listed"]);
  });

  test("an image under two blocks stays blocked until both are lifted, and shows the stricter one", async () => {
    const other = { ...inspectionReport(`another ${names}`), platforms: BAD.platforms };
    await found(database.db, mine, "1.6.0", other);
    await act(reviewer, { repository: mine, tag: "1.6.0", act: "block", level: "soft" });
    await blockBad(admin);
    const level = async () =>
      (await database.db.prisma.version.findFirst({ where: { digest: BAD.digest } }))?.blockLevel;
    expect(await level()).toBe("hard");
    await database.db.prisma.blockedImage.deleteMany({ where: { digest: BAD.digest } });
    await act(admin, { repository: mine, tag: "1.6.0", act: "block", level: "soft" });
    expect(await level()).toBe("soft");
    await act(admin, { repository: mine, tag: "1.6.0", act: "restore" });
    expect((await versions(mine)).filter((line) => line.includes("blocked"))).toEqual([]);
  });

  test("a reviewer can neither soften an admin's block nor take it over", async () => {
    await blockBad(admin);
    await expect(blockBad(reviewer, "soft")).rejects.toMatchObject({ code: "higher_role_decision" });
    await blockBad(reviewer, "hard");
    await expect(act(reviewer, { repository: mine, tag: "1.1.0", act: "restore" })).rejects.toMatchObject({
      code: "higher_role_decision",
      details: { decidedBy: "admin" },
    });
  });

  test.each(["hold", "yank"] as const)(
    "a reviewer's act on top of an admin's %s does not wash its role away",
    async (first) => {
      const version = { repository: mine, tag: "1.0.0" };
      await act(admin, { ...version, act: first });
      await act(reviewer, { ...version, act: "block" });
      await act(reviewer, { ...version, act: "restore" });
      const back = await database.db.prisma.version.findFirstOrThrow({
        where: { digest: GOOD.digest, extension: { repository: mine } },
      });
      expect(back).toMatchObject({ visibility: first === "hold" ? "held" : "yanked", decidedBy: "admin" });
      if (first === "hold") await act(reviewer, { ...version, act: "hold" });
      const lifts = first === "hold" ? "list" : "restore";
      await expect(act(reviewer, { ...version, act: lifts })).rejects.toMatchObject({
        code: "higher_role_decision",
      });
    },
  );

  test("a tag that moves back to a blocked image lists nothing", async () => {
    const next = inspectionReport(`next ${names}`);
    await blockBad(admin);
    await found(database.db, mine, "1.1.0", next);
    await act(admin, { repository: mine, tag: "1.1.0", act: "list", expectedDigest: next.digest });
    await found(database.db, mine, "1.1.0", BAD);
    await expect(
      act(admin, { repository: mine, tag: "1.1.0", act: "list", expectedDigest: BAD.digest }),
    ).rejects.toMatchObject({ code: "illegal_state" });
    expect(await versions(mine)).toContain("1.1.0 bad blocked");
    expect(await versions(mine)).toContain(`1.1.0 ${nameOf(next.digest)} listed`);
  });

  test("an earlier image of a tag is restored by its digest, and is not listed while the tag names another", async () => {
    const next = inspectionReport(`next ${names}`);
    await blockBad(admin);
    await found(database.db, mine, "1.1.0", next);
    await act(admin, { repository: mine, tag: "1.1.0", act: "list", expectedDigest: next.digest });
    await act(admin, { repository: mine, tag: "1.1.0", act: "restore", expectedDigest: BAD.digest });
    expect(await versions(mine)).toContain("1.1.0 bad unlisted");
    expect(await versions(theirs)).toContain("2.0.0 bad listed");
  });

  test("an approval neither lifts a yank nor lists what the new envelope does not cover", async () => {
    const wide = inspectionReport(`wide ${names}`, {
      capabilities: capabilities({ publishedPorts: ["8080"] }),
    });
    const yanked = inspectionReport(`yanked ${names}`, {
      capabilities: capabilities({ publishedPorts: ["9090"] }),
    });
    await writeExtensions(
      database.db,
      extensionRecord(mine, {
        versions: [listed("1.0.0", GOOD), listed("1.1.0", wide), listed("1.2.0", yanked)],
      }),
    );
    await act(admin, { repository: mine, tag: "1.2.0", act: "yank" });
    await changeEntry(admin, { repository: mine, state: "revoked", reason: "No." });
    const fresh = inspectionReport(`fresh ${names}`);
    await approve(admin, mine, "1.3.0", fresh);
    expect(await versions(mine)).toEqual([
      "1.0.0 good listed",
      expect.stringMatching(/^1.1.0 .* held$/),
      expect.stringMatching(/^1.2.0 .* yanked$/),
      expect.stringMatching(/^1.3.0 .* listed$/),
    ]);
    const held = await database.db.prisma.version.findFirstOrThrow({ where: { digest: wide.digest } });
    expect(held.reason).toMatchObject({
      code: "outside_envelope",
      details: { beyond: [expect.stringContaining("8080")] },
    });
    await act(admin, { repository: mine, tag: "1.2.0", act: "restore" });
    expect(await versions(mine)).toContainEqual(expect.stringMatching(/^1.2.0 .* held$/));
  });

  test("the image that was yanked under its tag cannot be approved under it", async () => {
    await act(admin, { repository: mine, tag: "1.0.0", act: "yank" });
    await changeEntry(admin, { repository: mine, state: "revoked", reason: "No." });
    await expect(approve(admin, mine, "1.0.0", GOOD)).rejects.toMatchObject({ code: "illegal_state" });
    expect(await versions(mine)).toContain("1.0.0 good yanked");
  });

  test("reviewers are told, on the submission and on the case of a tag that moved", async () => {
    await blockBad(admin);
    const { id } = await inReview(database.db, {
      ...{ repository: `docker.io/acme/new-${names}`, tag: "3.0.0", report: REBUILT },
      submitterId: publisher.userId,
    });
    const told = expect.objectContaining({
      code: "image_blocked",
      severity: "error",
      message: expect.stringContaining(`acme/mine-${names}:1.1.0. Reason: “Malware.”`),
    });
    expect((await getSubmission(reviewer, { id })).findings).toContainEqual(told);
    expect((await getSubmissionReport(reviewer, { id })).report?.findings).toContainEqual(told);
    await expect(
      decide(reviewer, { id, decision: "approve", expectedDigest: REBUILT.digest }),
    ).rejects.toMatchObject({
      code: "illegal_state",
    });
    await found(database.db, mine, "1.0.0", BAD);
    expect((await getVersionCase(reviewer, { repository: mine, tag: "1.0.0" })).findings).toContainEqual(
      told,
    );
  });

  test("the sweep blocks what was listed before the block knew of it, and then writes nothing", async () => {
    await database.db.prisma.blockedImage.create({
      data: {
        ...{ digest: BAD.digest, digests: [BAD_PLATFORM ?? ""], level: "hard", reason: "Malware." },
        ...{ repository: mine, tag: "1.1.0", blockedAt: new Date() },
      },
    });
    expect(await enforceBlocks(scanner(database.db))).toBe(3);
    expect(await versions(theirs)).toEqual(["2.0.0 bad blocked", "2.1.0 rebuilt blocked"]);
    const audited = await database.db.prisma.auditEvent.count();
    expect(await enforceBlocks(scanner(database.db))).toBe(0);
    expect(await database.db.prisma.auditEvent.count()).toBe(audited);
  });
});

function nameOf(digest: string): string {
  if (digest === BAD.digest) return "bad";
  if (digest === REBUILT.digest) return "rebuilt";
  return digest === GOOD.digest ? "good" : digest.slice(7, 15);
}
