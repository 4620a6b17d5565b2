import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "@/lib/extension/policy/policy";
import { checkAuditChain } from "@/lib/journal/audit-check";
import { changeEntry } from "@/lib/marketplace/entries/change-entry";
import { expireEntries } from "@/lib/marketplace/entries/expire-entries";
import { allowListAt } from "@/lib/marketplace/history/allow-list-at";
import { changePolicy } from "@/lib/marketplace/policy/policy";
import { decide } from "@/lib/marketplace/submissions/decide";
import { recheckSubmission } from "@/lib/marketplace/submissions/submission-commands";
import { submit } from "@/lib/marketplace/submissions/submit";
import { actOnVersion } from "@/lib/marketplace/versions/version-commands";
import { ENGINES } from "@/tests/support/databases/database";
import { startMarketplace, type TestMarketplace } from "@/tests/support/marketplace";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { pushExtension } from "@/tests/support/registries/push";

let registry: DistributionRegistry;

beforeAll(async () => {
  registry = await startDistributionRegistry({});
});

afterAll(() => registry.stop());

const TURN = { key: "tests" };

describe.each(ENGINES)("the main job on %s", (engine) => {
  let market: TestMarketplace;

  beforeAll(async () => {
    market = await startMarketplace(engine, registry.url);
  });

  afterAll(() => market.close());

  const named = (path: string) => `${registry.host}/${engine}/${path}`;
  const push = (path: string, tag: string, options = {}) =>
    pushExtension(registry, `${engine}/${path}`, tag, options);

  async function versions(path: string) {
    const rows = await market.services.db.prisma.version.findMany({
      where: { extension: { repository: named(path) } },
      orderBy: [{ tag: "asc" }, { firstSeenAt: "asc" }],
    });
    return rows.map(({ tag, digest, visibility, current, movedDigest }) => ({
      tag,
      digest,
      visibility,
      current,
      movedDigest,
    }));
  }

  async function allowList() {
    return (await allowListAt(market.services.db, new Date().toISOString(), TURN)).items;
  }

  test("a submission that passes waits in the queue with its candidate and its place", async () => {
    const { digest } = await push("queued", "1.0.0");
    await push("queued", "0.9.0");
    const submission = await market.submitAndWait(await market.as("publisher"), named("queued"));
    expect(submission).toMatchObject({
      state: "in_review",
      repository: named("queued"),
      candidate: { tag: "1.0.0", digest },
      queue: { position: 1 },
      error: null,
    });
    expect(submission.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(submission.timeline.map(({ kind }) => kind)).toEqual(["submitted", "checked"]);
  });

  test("an approval lists the version that was seen, and a scan brings the others", async () => {
    const { digest } = await push("approved", "1.1.0");
    await push("approved", "1.0.0");
    await market.approve(named("approved"));
    await market.scan(named("approved"));
    expect(await versions("approved")).toMatchObject([
      { tag: "1.0.0", visibility: "listed" },
      { tag: "1.1.0", visibility: "listed", digest },
    ]);
    expect(await allowList()).toContainEqual(
      expect.objectContaining({
        repository: named("approved"),
        tag: "1.1.0",
        digest,
        track: "follow",
        state: "active",
      }),
    );
  });

  test("a newly pushed tag is listed by the next scan, and a scan without news changes nothing", async () => {
    await push("pushed", "1.0.0");
    await market.approve(named("pushed"));
    await market.scan(named("pushed"));
    const { digest } = await push("pushed", "1.1.0");
    expect(await market.scan(named("pushed"))).toMatchObject({
      state: "ok",
      found: 2,
      listed: 1,
      held: 0,
      moved: 0,
    });
    expect(await allowList()).toContainEqual(
      expect.objectContaining({ repository: named("pushed"), tag: "1.1.0", digest }),
    );
    const before = await market.services.db.prisma.catalogRevision.findUniqueOrThrow({ where: { id: 1 } });
    const audited = await market.services.db.prisma.auditEvent.count({
      where: { action: { startsWith: "version." } },
    });
    expect(await market.scan(named("pushed"))).toMatchObject({
      state: "unchanged",
      listed: 0,
      held: 0,
      moved: 0,
    });
    expect(await market.services.db.prisma.catalogRevision.findUniqueOrThrow({ where: { id: 1 } })).toEqual(
      before,
    );
    expect(
      await market.services.db.prisma.auditEvent.count({ where: { action: { startsWith: "version." } } }),
    ).toBe(audited);
  });

  test("a moved tag never changes what is allowed until a person accepts the new digest", async () => {
    const { digest: first } = await push("moved", "1.0.0");
    await market.approve(named("moved"));
    await market.scan(named("moved"));
    const { digest: second } = await push("moved", "1.0.0", {
      labels: { "org.opencontainers.image.title": "Something else" },
    });
    expect(await market.scan(named("moved"))).toMatchObject({ state: "ok", moved: 1, listed: 0 });
    expect(await versions("moved")).toEqual([
      { tag: "1.0.0", digest: first, visibility: "listed", current: true, movedDigest: second },
    ]);
    expect(await allowList()).toContainEqual(
      expect.objectContaining({ repository: named("moved"), digest: first }),
    );
    const accept = {
      repository: named("moved"),
      tag: "1.0.0",
      act: "list",
      reason: "Rebuilt by the publisher.",
    } as const;
    const reviewer = await market.as("reviewer");
    await expect(
      actOnVersion(reviewer, { ...accept, expectedDigest: `sha256:${"0".repeat(64)}` }),
    ).rejects.toMatchObject({
      code: "digest_moved",
    });
    await actOnVersion(reviewer, { ...accept, expectedDigest: second });
    expect(await versions("moved")).toEqual([
      { tag: "1.0.0", digest: first, visibility: "unlisted", current: false, movedDigest: second },
      { tag: "1.0.0", digest: second, visibility: "listed", current: true, movedDigest: null },
    ]);
    expect(await allowList()).toContainEqual(
      expect.objectContaining({ repository: named("moved"), digest: second }),
    );
  });

  test("a version outside the envelope is held with the difference, and one within it is listed", async () => {
    await push("envelope", "1.0.0");
    await market.approve(named("envelope"));
    await market.scan(named("envelope"));
    await push("envelope", "1.1.0", {
      metadata: {
        icon: "disk-lens.svg",
        ui: { "dashboard-tab": { title: "Disk Lens", root: "/ui", src: "index.html" } },
        host: {
          binaries: [
            {
              darwin: [{ path: "/bin/lens" }],
              windows: [{ path: "/bin/lens.exe" }],
              linux: [{ path: "/bin/lens" }],
            },
          ],
        },
      },
    });
    expect(await market.scan(named("envelope"))).toMatchObject({ listed: 0, held: 1 });
    const held = await market.services.db.prisma.version.findFirstOrThrow({
      where: { extension: { repository: named("envelope") }, tag: "1.1.0" },
    });
    expect(held.reason).toMatchObject({ code: "manual_capability" });
    const reviewer = await market.as("reviewer");
    const list = {
      repository: named("envelope"),
      tag: "1.1.0",
      act: "list",
      reason: "Binaries reviewed.",
      widenEnvelope: true,
    } as const;
    expect(await actOnVersion(reviewer, { ...list, expectedDigest: held.digest })).toMatchObject({
      visibility: "listed",
    });
  });

  test("an image with only the three labels of the preset is approved and listed", async () => {
    const onlyLabels = {
      "org.opencontainers.image.title": "Small",
      "org.opencontainers.image.vendor": "Acme Inc.",
      "com.docker.desktop.extension.api.version": ">= 0.3.0",
    };
    await push("small", "1.0.0", { onlyLabels });
    expect(await market.approve(named("small"))).toMatchObject({ state: "approved" });
    expect(await versions("small")).toMatchObject([{ tag: "1.0.0", visibility: "listed" }]);
  });

  test("each kind of bad submission gets its own clear message, and nothing is listed", async () => {
    const publisher = await market.as("publisher");
    const missing = await market.submitAndWait(publisher, named("nowhere"));
    expect(missing).toMatchObject({ state: "needs_changes", error: { code: "repository_not_found" } });
    await push("untagged", "latest");
    const untagged = await market.submitAndWait(publisher, named("untagged"));
    expect(untagged).toMatchObject({ state: "needs_changes", error: { code: "no_semver_tags" } });
    expect(untagged.skippedTags).toMatchObject([{ tag: "latest" }]);
    await push("plain", "1.0.0", { onlyLabels: {}, metadata: null });
    const plain = await market.submitAndWait(publisher, named("plain"));
    expect(plain).toMatchObject({ state: "needs_changes", candidate: { tag: "1.0.0" } });
    expect(plain.findings.map(({ code }) => code)).toContain("not_an_extension");
    const listed = (await allowList()).map(({ repository }) => repository);
    expect(listed).not.toContain(named("nowhere"));
    expect(listed).not.toContain(named("plain"));
  });

  test("after the fix the same submission passes: nothing was lost", async () => {
    const publisher = await market.as("publisher");
    await push("fixed", "1.0.0", { labels: { "org.opencontainers.image.vendor": null } });
    const submission = await market.submitAndWait(publisher, named("fixed"));
    expect(submission.state).toBe("needs_changes");
    expect(submission.findings).toContainEqual(
      expect.objectContaining({ severity: "error", suggestion: expect.stringContaining("LABEL") }),
    );
    await push("fixed", "1.0.1");

    await recheckSubmission(publisher, { id: submission.id });
    expect(await market.waitForState(publisher, submission.id, "in_review")).toMatchObject({
      candidate: { tag: "1.0.1" },
    });
  });

  test("a decision about a digest that is no longer the candidate changes nothing", async () => {
    await push("stale", "1.0.0");
    const submission = await market.submitAndWait(await market.as("publisher"), named("stale"));
    const approval = {
      id: submission.id,
      decision: "approve",
      expectedDigest: `sha256:${"1".repeat(64)}`,
    } as const;
    await expect(decide(await market.as("reviewer"), approval)).rejects.toMatchObject({
      code: "digest_moved",
      status: 409,
    });
    expect(await versions("stale")).toEqual([]);
  });

  test("nobody decides about their own submission while somebody else can", async () => {
    await push("own", "1.0.0");
    const reviewer = await market.as("reviewer");
    await market.as("admin");
    const submission = await market.submitAndWait(reviewer, named("own"));
    const approval = {
      id: submission.id,
      decision: "approve",
      expectedDigest: submission.candidate?.digest,
    } as const;
    await expect(decide(reviewer, approval)).rejects.toMatchObject({ code: "own_submission" });
    expect(await decide(await market.as("admin"), approval)).toMatchObject({ state: "approved" });
    const policy = { ...DEFAULT_POLICY, ownDecisions: "always" } as const;
    await changePolicy(await market.as("admin"), { policy });
    await push("own-too", "1.0.0");
    const own = await market.submitAndWait(reviewer, named("own-too"));
    const allowed = { id: own.id, decision: "approve", expectedDigest: own.candidate?.digest } as const;
    expect(await decide(reviewer, allowed)).toMatchObject({ state: "approved" });
    await changePolicy(await market.as("admin"), { policy: DEFAULT_POLICY });
  });

  test("submitting again answers the open submission; others are told, and so is who submits what is listed", async () => {
    await push("twice", "1.0.0");
    const first = await market.submitAndWait(await market.as("publisher"), named("twice"));
    const again = await submit(await market.as("publisher"), {
      repository: `docker pull ${named("twice")}:1.0.0`,
    });
    expect(again).toMatchObject({ created: false, submission: { id: first.id } });
    await expect(submit(await market.as("admin"), { repository: named("twice") })).rejects.toMatchObject({
      code: "already_open",
    });
    await market.approve(named("queued-not")).catch(() => undefined);
    await decide(await market.as("reviewer"), {
      id: first.id,
      decision: "approve",
      expectedDigest: first.candidate?.digest,
    });
    await expect(submit(await market.as("publisher"), { repository: named("twice") })).rejects.toMatchObject({
      code: "already_listed",
    });
  });

  test("a repository on a registry that is not allowed is refused before anything is asked", async () => {
    await expect(
      submit(await market.as("publisher"), { repository: "ghcr.io/acme/disk-lens" }),
    ).rejects.toMatchObject({
      code: "registry_not_allowed",
    });
  });

  test("suspending takes an extension off the list at once, resuming brings it back, and the past stays", async () => {
    await push("suspended", "1.0.0");
    await market.approve(named("suspended"));
    const before = new Date().toISOString();
    const admin = await market.as("admin");
    const isOn = async (at: string) =>
      (await allowListAt(market.services.db, at, TURN)).items.some(
        ({ repository }) => repository === named("suspended"),
      );
    await changeEntry(admin, {
      repository: named("suspended"),
      state: "suspended",
      reason: "Under investigation.",
    });
    expect(await isOn(new Date().toISOString())).toBe(false);
    expect(await isOn(before)).toBe(true);
    await changeEntry(admin, { repository: named("suspended"), state: "active", reason: "Cleared." });
    expect(await isOn(new Date().toISOString())).toBe(true);
    await changeEntry(admin, {
      repository: named("suspended"),
      state: "revoked",
      reason: "Withdrawn by the publisher.",
    });
    expect(await isOn(new Date().toISOString())).toBe(false);
    await expect(
      changeEntry(admin, { repository: named("suspended"), state: "active", reason: "Again." }),
    ).rejects.toMatchObject({
      code: "illegal_state",
    });
  });

  test("a pin or range decides what is allowed, whatever else is listed", async () => {
    const { digest } = await push("tracked", "1.0.0");
    await push("tracked", "2.0.0");
    await market.approve(named("tracked"));
    await market.scan(named("tracked"));
    const admin = await market.as("admin");
    const item = async () => (await allowList()).find(({ repository }) => repository === named("tracked"));
    expect(await item()).toMatchObject({ tag: "2.0.0" });
    await changeEntry(admin, {
      repository: named("tracked"),
      track: { track: "range", range: "^1" },
      reason: "Stay on 1.",
    });
    expect(await item()).toMatchObject({ tag: "1.0.0", track: "range", range: "^1" });
    await changeEntry(admin, {
      repository: named("tracked"),
      track: { pin: { tag: "1.0.0", digest } },
      reason: "Exactly this.",
    });
    expect(await item()).toMatchObject({ tag: "1.0.0", track: "pin", digest });
    const wrong = { track: "pin", pin: { tag: "1.0.0", digest: `sha256:${"2".repeat(64)}` } } as const;
    await expect(
      changeEntry(admin, { repository: named("tracked"), track: wrong, reason: "Typing error." }),
    ).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("a yanked version is gone from the list, and nobody lifts what a higher role blocked", async () => {
    const { digest } = await push("yanked", "1.0.0");
    await push("yanked", "1.1.0");
    await market.approve(named("yanked"));
    await market.scan(named("yanked"));
    const place = { repository: named("yanked"), tag: "1.1.0" };
    await actOnVersion(await market.as("reviewer"), { ...place, act: "yank", reason: "Broken on arm64." });
    expect(await allowList()).toContainEqual(
      expect.objectContaining({ repository: named("yanked"), tag: "1.0.0", digest }),
    );
    await actOnVersion(await market.as("admin"), {
      ...place,
      act: "block",
      reason: "Malicious.",
      level: "hard",
    });
    await expect(
      actOnVersion(await market.as("reviewer"), { ...place, act: "restore", reason: "Fine again." }),
    ).rejects.toMatchObject({
      code: "higher_role_decision",
    });
    const restored = async () =>
      (await actOnVersion(await market.as("admin"), { ...place, act: "restore", reason: "Mistake." }))
        .visibility;
    // Lifting the block brings the yank back, which is a decision of its own.
    expect(await restored()).toBe("yanked");
    expect(await restored()).toBe("listed");
  });

  test("an entry that expires is off the list from that instant on and can be renewed", async () => {
    await push("expiring", "1.0.0");
    const publisher = await market.as("publisher");
    const submission = await market.submitAndWait(publisher, named("expiring"));
    await decide(await market.as("reviewer"), {
      id: submission.id,
      decision: "approve",
      expectedDigest: submission.candidate?.digest,
      expiresAt: new Date(market.services.clock.now().getTime() + 3_600_000),
    });
    const row = () =>
      market.services.db.prisma.entry.findFirstOrThrow({
        where: { extension: { repository: named("expiring") } },
      });
    expect(await row()).toMatchObject({ state: "active" });
    market.advance(3_700);

    await expireEntries(publisher);
    expect(await row()).toMatchObject({ state: "expired" });
    const later = new Date(market.services.clock.now().getTime() + 3_600_000);
    const renewed = await changeEntry(await market.as("admin"), {
      repository: named("expiring"),
      expiresAt: later,
      reason: "One more hour.",
    });
    expect(renewed).toMatchObject({ state: "active" });
  });

  test("every write is in the audit chain, and the chain holds", async () => {
    const chain = await checkAuditChain(market.services);
    expect(chain).toMatchObject({ ok: true });
    const actions = await market.services.db.prisma.auditEvent.groupBy({ by: ["action"] });
    expect(actions.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        "submission.submit",
        "submission.checked",
        "submission.approve",
        "entry.change",
        "version.record",
        "version.yank",
      ]),
    );
  });
});
