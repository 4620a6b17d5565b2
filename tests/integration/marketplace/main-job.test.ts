import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkAuditChain } from "@/lib/journal/audit-check";
import { changeEntry } from "@/lib/marketplace/entries/change-entry";
import { allowListAt } from "@/lib/marketplace/history/allow-list-at";
import { recheckSubmission } from "@/lib/marketplace/submissions/submission-commands";
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
      files: { "bin/lens": "x", "bin/lens.exe": "x" },
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

  test("what people do to versions and entries shows in the list at once", async () => {
    await push("acted", "1.0.0");
    await push("acted", "1.1.0");
    await market.approve(named("acted"));
    await market.scan(named("acted"));
    const item = async () => (await allowList()).find(({ repository }) => repository === named("acted"));
    const yank = { repository: named("acted"), tag: "1.1.0", act: "yank", reason: "Broken." } as const;
    await actOnVersion(await market.as("reviewer"), yank);
    expect(await item()).toMatchObject({ tag: "1.0.0" });
    const admin = await market.as("admin");
    await changeEntry(admin, { repository: named("acted"), state: "suspended", reason: "Under review." });
    expect(await item()).toBeUndefined();
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
