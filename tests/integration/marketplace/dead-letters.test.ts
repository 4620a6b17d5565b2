import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkAuditChain } from "@/lib/journal/audit-check";
import { listDeadLetters } from "@/lib/marketplace/dead-letters/list-dead-letters";
import { retryDeadLetter } from "@/lib/marketplace/dead-letters/retry-dead-letter";
import { CHECK_SUBMISSION, SCAN_EXTENSION } from "@/lib/marketplace/jobs";
import { recheckSubmission } from "@/lib/marketplace/submissions/submission-commands";
import { startMarketplace, type TestMarketplace, waitFor } from "@/tests/support/marketplace";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { pushExtension } from "@/tests/support/registries/push";

describe("dead letters", () => {
  let registry: DistributionRegistry;
  let market: TestMarketplace;

  beforeAll(async () => {
    registry = await startDistributionRegistry();
    market = await startMarketplace("postgres", registry.registries);
  });
  afterAll(async () => {
    await market.close();
    await registry.stop();
  });

  const prisma = () => market.services.db.prisma;
  const actions = async (action: string) => prisma().auditEvent.count({ where: { action } });

  /** As crashes alone leave it. */
  async function convict(kind: string, subject: string): Promise<void> {
    // The end of a run that is still being written would remove the count again.
    await waitFor(
      () => prisma().jobRun.count(),
      (running) => running === 0,
    );
    const lastCrashAt = new Date();
    await prisma().jobCrash.create({ data: { kind, subject, crashes: 5, crashesAlone: 3, lastCrashAt } });
  }

  test("the submitter reads that the check is stopped, admins see it once and can retry it", async () => {
    const repository = `${registry.host}/acme/killer`;
    await pushExtension(registry, "acme/killer", "1.0.0");
    const { id: extensionId } = await prisma().extension.create({ data: { repository } });
    await convict(CHECK_SUBMISSION.name, extensionId);
    const publisher = await market.as("publisher");
    const stopped = await market.submitAndWait(publisher, repository);
    expect(stopped).toMatchObject({
      state: "errored",
      retry: { at: null },
      error: { message: expect.stringContaining("Gantry stopped retrying") },
    });
    await recheckSubmission(publisher, { id: stopped.id });
    await market.waitForState(publisher, stopped.id, "errored");

    const admin = await market.as("admin");
    const [letter, ...others] = await listDeadLetters(admin);
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ kind: "check", repository, crashes: 5 });
    expect(await actions("job.giveUp")).toBe(1);
    expect(await prisma().outboxMessage.count({ where: { kind: "job.dead" } })).toBe(1);

    const id = letter?.id ?? "";
    await expect(retryDeadLetter(await market.as("reviewer"), { id })).rejects.toMatchObject({
      code: "forbidden",
    });
    await retryDeadLetter(admin, { id });
    expect(await actions("job.retry")).toBe(1);
    await expect(retryDeadLetter(admin, { id })).rejects.toMatchObject({ code: "not_found" });
    await market.waitForState(publisher, stopped.id, "in_review");
    expect(await listDeadLetters(admin)).toEqual([]);
    await waitFor(
      () => prisma().jobCrash.count({ where: { subject: extensionId } }),
      (count) => count === 0,
    );
    expect(await checkAuditChain(market.services)).toMatchObject({ ok: true });
  });

  test("a scan of a dead letter fails on our side until an admin retries it", async () => {
    const repository = `${registry.host}/acme/scanned`;
    await pushExtension(registry, "acme/scanned", "1.0.0");
    await market.approve(repository);
    const { id } = await prisma().extension.findUniqueOrThrow({ where: { repository } });
    await convict(SCAN_EXTENSION.name, id);
    for (let round = 0; round < 2; round += 1)
      expect(await market.scan(repository)).toMatchObject({
        state: "failed",
        error: { code: "internal", message: expect.stringContaining("Gantry stopped retrying") },
      });
    const admin = await market.as("admin");
    const [letter] = await listDeadLetters(admin);
    expect(letter).toMatchObject({ kind: "scan", repository });
    await pushExtension(registry, "acme/scanned", "1.1.0");
    await retryDeadLetter(admin, { id: letter?.id ?? "" });
    const listed = () => prisma().version.count({ where: { extensionId: id, visibility: "listed" } });
    await waitFor(listed, (count) => count === 2);
  });
});
