import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeFinding } from "@/lib/extension/findings/finding";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { INSPECTOR_VERSION } from "@/lib/inspection/inspector-version";
import { readRevision } from "@/lib/marketplace/publishing/catalog-revision";
import { CLAIM_SECONDS, queueDueReinspections } from "@/lib/marketplace/reinspection/due-reinspections";
import { getReinspection } from "@/lib/marketplace/reinspection/progress";
import { recordReinspection } from "@/lib/marketplace/reinspection/record-reinspection";
import { toJson } from "@/lib/marketplace/rows/json-columns";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import { recordVersions } from "@/lib/marketplace/versions/record-versions";
import { getVersionCase } from "@/lib/marketplace/versions/version-case";
import { actOnVersion } from "@/lib/marketplace/versions/version-commands";
import { layer } from "@/scripts/demo/image/image";
import { EXTENSION_METADATA } from "@/tests/builders/extension-image";
import { tarOf } from "@/tests/builders/tar-bytes";
import { startMarketplace, type TestMarketplace, waitFor } from "@/tests/support/marketplace";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { deleteManifest, pushExtension, pushImage } from "@/tests/support/registries/push";

let registry: DistributionRegistry;
beforeAll(async () => {
  registry = await startDistributionRegistry({});
});
afterAll(() => registry?.stop());

const SOCKET_COMPOSE = `
services:
  backend:
    image: \${DESKTOP_PLUGIN_IMAGE}
    volumes: ["/var/run/docker.sock:/var/run/docker.sock"]
`;
const WITH_SOCKET = {
  metadata: { ...EXTENSION_METADATA, vm: { composefile: "compose.yaml" } },
  files: { "compose.yaml": SOCKET_COMPOSE },
};

describe("an image that an older inspector inspected", () => {
  let market: TestMarketplace;
  beforeAll(async () => {
    market = await startMarketplace("pglite", registry.url);
  });
  afterAll(() => market?.close());

  const path = (name: string) => `again/${name}`;
  const named = (name: string) => `${registry.host}/${path(name)}`;
  const of = (name: string) => ({ extension: { repository: named(name) } });
  const prisma = () => market.services.db.prisma;

  async function list(name: string, options = {}): Promise<string> {
    const { digest } = await pushExtension(registry, path(name), "1.0.0", options);
    await market.approve(named(name));
    return digest;
  }

  /** Makes the stored report one of an older inspector, which said something else. */
  async function age(
    name: string,
    change: (report: InspectionReport) => Partial<InspectionReport> = () => ({}),
  ) {
    const inspection = await inspectionOf(name);
    const report = reportOf(inspection.report);
    if (!report) throw new Error("nothing was inspected");
    const old = { ...report, ...change(report), inspectorVersion: 0 };
    const data = { report: toJson(old), inspectorVersion: 0, reinspectAt: null, reinspectFailures: 0 };
    await prisma().inspection.update({ where: { id: inspection.id }, data });
    return old;
  }

  const inspectionOf = (name: string) => prisma().inspection.findFirstOrThrow({ where: of(name) });
  const versionOf = (name: string) => prisma().version.findFirstOrThrow({ where: of(name) });
  const admin = () => market.as("admin");

  async function settled(name: string, isSettled = (version: number) => version === INSPECTOR_VERSION) {
    await queueDueReinspections(await admin(), { limit: 20 });
    return waitFor(
      () => inspectionOf(name),
      ({ inspectorVersion }) => isSettled(inspectorVersion),
    );
  }

  async function traces() {
    const { db } = market.services;
    return {
      revision: await readRevision(db.prisma),
      audit: await db.prisma.auditEvent.count(),
      outbox: await db.prisma.outboxMessage.count(),
    };
  }

  const CHANGELOG = "com.docker.extension.changelog";

  test("whose facts are the same gets the new version number, and nothing else is written", async () => {
    await list("same", { labels: { [CHANGELOG]: null } });
    const old = await age("same", ({ findings, cost }) => ({
      findings: findings.map((finding) => ({ ...finding, message: "Old words.", suggestion: "Old advice." })),
      cost: { ...cost, requests: 99 },
    }));
    expect(old.findings.map(({ code }) => code)).toContain("changelog_missing");
    const before = await traces();
    const { inspectorVersion, reinspectedFrom, report, previousReport } = await settled("same");
    expect({ inspectorVersion, reinspectedFrom }).toEqual({
      inspectorVersion: INSPECTOR_VERSION,
      reinspectedFrom: 0,
    });
    expect(report).toEqual(old);
    expect(previousReport).toBeNull();
    expect(await versionOf("same")).toMatchObject({ visibility: "listed", reason: null });
    expect(await traces()).toEqual(before);
  });

  test("that has a capability more is held, with what changed, and told once", async () => {
    await list("socket", WITH_SOCKET);
    const old = await age("socket", ({ capabilities }) => ({
      capabilities: { ...capabilities, dockerSocket: false },
    }));
    const before = await traces();
    const { report, previousReport, changedBy } = await settled("socket");
    expect(reportOf(report)).toMatchObject({
      inspectorVersion: INSPECTOR_VERSION,
      capabilities: { dockerSocket: true },
    });
    expect(previousReport).toEqual(old);
    expect(changedBy).toBe(INSPECTOR_VERSION);
    expect(await versionOf("socket")).toMatchObject({
      visibility: "held",
      decidedBy: null,
      reason: {
        code: "reinspected",
        message:
          "Re-inspected under newer rules: it has access to the Docker socket. The approval predates these findings.",
        details: { approvalPredates: true },
      },
    });
    expect(await traces()).toEqual({
      revision: before.revision + 1n,
      audit: before.audit + 1,
      outbox: before.outbox + 1,
    });
    const [audit] = await prisma().auditEvent.findMany({ orderBy: { sequence: "desc" }, take: 1 });
    expect(audit).toMatchObject({
      actorKind: "system",
      action: "inspection.change",
      after: { held: ["1.0.0"], capabilities: [{ key: "dockerSocket", change: "added" }] },
    });
    const found = await getVersionCase(await admin(), { repository: named("socket"), tag: "1.0.0" });
    expect(found).toMatchObject({
      comparedWith: { tag: "1.0.0", isEarlierInspection: true },
      capabilityChanges: [{ key: "dockerSocket", change: "added" }],
    });
    const again = { repository: named("socket"), tag: "1.0.0", act: "list", reason: "I looked." } as const;
    await actOnVersion(await admin(), again);
    const afterwards = await traces();
    await prisma().inspection.updateMany({ where: of("socket"), data: { inspectorVersion: 0 } });
    await settled("socket");
    expect(await versionOf("socket")).toMatchObject({ visibility: "listed" });
    expect(await traces()).toEqual(afterwards);
  });

  test("that lacks a platform, or is ambiguous, is held", async () => {
    await list("platform");
    await age("platform", ({ platforms }) => ({ platforms: platforms.slice(0, 1) }));
    await settled("platform");
    expect(await versionOf("platform")).toMatchObject({
      visibility: "held",
      reason: { message: expect.stringContaining("additional platforms: linux/arm64") },
    });

    const text = JSON.stringify(EXTENSION_METADATA);
    const page = { name: "ui/index.html", content: "<!doctype html>" };
    const twice = tarOf(
      { name: "metadata.json", content: "{}" },
      { name: "metadata.json", content: text },
      page,
    );
    await list("ambiguous", { layers: [layer(twice)] });
    await age("ambiguous", ({ findings }) => ({
      findings: findings.filter(({ code }) => code !== "duplicate_entry"),
    }));
    await settled("ambiguous");
    expect(await versionOf("ambiguous")).toMatchObject({
      visibility: "held",
      reason: { message: expect.stringContaining("Duplicate file in a layer") },
    });
  });

  test("with another finding shows it and stays listed; a yank stays, too", async () => {
    const { image } = await pushExtension(registry, path("finding"), "1.0.0", {
      labels: { [CHANGELOG]: null },
    });
    await pushImage(registry, path("finding"), "1.0.1", image);
    await market.approve(named("finding"));
    const yank = { repository: named("finding"), tag: "1.0.0", act: "yank", reason: "Old." } as const;
    await actOnVersion(await admin(), yank);
    await age("finding", ({ findings }) => ({
      findings: findings.filter(({ code }) => code !== "changelog_missing"),
    }));
    const before = await traces();
    const { report } = await settled("finding");
    expect(reportOf(report)?.findings.map(({ code }) => code)).toContain("changelog_missing");
    const versions = await prisma().version.findMany({ where: of("finding"), orderBy: { tag: "asc" } });
    expect(versions.map(({ visibility }) => visibility)).toEqual(["yanked", "listed"]);
    expect(await traces()).toEqual({ ...before, revision: before.revision + 1n, audit: before.audit + 1 });
  });

  test("that only its older report held is listed, unless a person held it", async () => {
    await list("overloaded");
    await pushExtension(registry, path("overloaded"), "1.1.0", { labels: { [CHANGELOG]: "News" } });
    await market.scan(named("overloaded"));
    const hold = { visibility: "held", listedAt: null, decidedBy: null } as const;
    const reason = {
      code: "findings",
      message: "metadata_unknown",
      details: { codes: ["metadata_unknown"] },
    };
    const of110 = { ...of("overloaded"), tag: "1.1.0" };
    const { inspectionId } = await prisma().version.findFirstOrThrow({ where: of110 });
    const overload = async (data: object) => {
      await prisma().version.updateMany({ where: of110, data: { ...hold, reason, ...data } });
      const { report } = await prisma().inspection.findUniqueOrThrow({ where: { id: inspectionId } });
      const findings = [makeFinding("metadata_unknown", { platform: "linux/amd64", why: "took too long" })];
      const old = { ...reportOf(report), findings, metadata: null, inspectorVersion: 0 };
      await prisma().inspection.update({
        where: { id: inspectionId },
        data: { report: toJson(old), inspectorVersion: 0, reinspectAt: null },
      });
      await queueDueReinspections(await admin(), { limit: 20 });
      await waitFor(
        () => prisma().inspection.findUniqueOrThrow({ where: { id: inspectionId } }),
        ({ inspectorVersion }) => inspectorVersion === INSPECTOR_VERSION,
      );
      return prisma().version.findFirstOrThrow({ where: of110 });
    };
    const before = await traces();
    expect(await overload({})).toMatchObject({
      visibility: "listed",
      reason: null,
      listedAt: expect.any(Date),
    });
    expect((await traces()).revision).toBe(before.revision + 1n);
    const byPerson = { decidedBy: "reviewer", reason: { code: "hold_by_person", message: "Wait." } };
    expect(await overload(byPerson)).toMatchObject({ visibility: "held", reason: byPerson.reason });
  });

  test("that waits in a submission is inspected again there, and its history says so", async () => {
    await pushExtension(registry, path("waiting"), "1.0.0", WITH_SOCKET);
    const publisher = await market.as("publisher");
    const { id } = await market.submitAndWait(publisher, named("waiting"));
    await age("waiting", ({ capabilities }) => ({ capabilities: { ...capabilities, dockerSocket: false } }));
    await settled("waiting");
    expect(await market.waitForState(publisher, id, "in_review")).toMatchObject({
      timeline: expect.arrayContaining([expect.objectContaining({ kind: "reinspected" })]),
    });
  });

  test("stays as it is while its registry does not answer, and is retried later", async () => {
    await list("away");
    const old = await age("away", ({ capabilities }) => ({ capabilities: { ...capabilities, ui: false } }));
    const before = await traces();
    await registry.halt();
    await queueDueReinspections(await admin(), { limit: 20 });
    const failed = await waitFor(
      () => inspectionOf("away"),
      ({ reinspectFailures }) => reinspectFailures > 0,
    );
    expect(failed).toMatchObject({
      inspectorVersion: 0,
      report: old,
      reinspectError: { code: "registry_unreachable" },
    });
    expect(await versionOf("away")).toMatchObject({ visibility: "listed" });
    expect(await traces()).toEqual(before);
    expect(await getReinspection(await admin())).toMatchObject({
      failing: 1,
      failures: [{ error: { code: "registry_unreachable" }, versions: [{ tag: "1.0.0" }] }],
    });
    await registry.resume();
    expect(await queueDueReinspections(await admin(), { limit: 20 })).toBe(0);
    market.advance(10 * 60);
    await settled("away");
    expect(await versionOf("away")).toMatchObject({ visibility: "held" });
  });

  test("stays listed when the registry no longer has its digest, or one of its platforms", async () => {
    const digest = await list("gone");
    const old = await age("gone");
    await deleteManifest(registry, path("gone"), digest);
    const failing = async (name: string) => {
      await queueDueReinspections(await admin(), { limit: 20 });
      return waitFor(
        () => inspectionOf(name),
        ({ reinspectFailures }) => reinspectFailures > 0,
      );
    };
    expect(await failing("gone")).toMatchObject({ report: old, inspectorVersion: 0 });
    expect(await versionOf("gone")).toMatchObject({ visibility: "listed" });

    // A platform that Docker Desktop could choose and does not need: an inspection passes over what the registry lacks.
    const both = ["amd64", "arm64"].map((architecture) => ({ os: "linux", architecture }));
    const third = { os: "linux", architecture: "amd64", variant: "v3" };
    await list("selectable", { platforms: [...both, third] });
    const { platforms } = await age("selectable");
    await deleteManifest(registry, path("selectable"), platforms[2]?.digest ?? "");
    expect(await failing("selectable")).toMatchObject({ inspectorVersion: 0 });
    expect(await versionOf("selectable")).toMatchObject({ visibility: "listed" });
  });

  test("is not overwritten by an older process than the one that inspected it last", async () => {
    await list("newer");
    const older = await age("newer", ({ capabilities }) => ({
      capabilities: { ...capabilities, ui: false },
    }));
    const { id, extensionId, digest } = await inspectionOf("newer");
    const newer = { inspectorVersion: INSPECTOR_VERSION + 1, report: { schema: 1, from: "the future" } };
    await prisma().inspection.update({ where: { id }, data: newer });
    const before = await traces();
    expect(await queueDueReinspections(await admin(), { limit: 20 })).toBe(0);
    const inspected = { report: { ...older, inspectorVersion: INSPECTOR_VERSION }, media: [] };
    const outcome = { kind: "inspected", inspected } as const;
    await recordReinspection(await admin(), { inspectionId: id, outcome });
    await recordVersions(await admin(), { extensionId, found: [{ tag: "1.0.0", digest, learned: outcome }] });
    expect(await inspectionOf("newer")).toMatchObject(newer);
    expect(await traces()).toEqual(before);
  });

  test("that a dead process had claimed is taken up when the claim ends", async () => {
    await list("claimed");
    await age("claimed");
    const reinspectAt = new Date(market.services.clock.now().getTime() + CLAIM_SECONDS * 1000);
    await prisma().inspection.updateMany({ where: of("claimed"), data: { reinspectAt } });
    expect(await queueDueReinspections(await admin(), { limit: 20 })).toBe(0);
    market.advance(CLAIM_SECONDS);
    expect(await settled("claimed")).toMatchObject({ inspectorVersion: INSPECTOR_VERSION });
  });
});
