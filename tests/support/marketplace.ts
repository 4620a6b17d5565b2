/** A marketplace without its HTTP side: database, queue, worker and a real registry, with people to act in it. */

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Actor, type Role, SCOPES } from "@/lib/journal/actor";
import type { Context, Services } from "@/lib/journal/context";
import { seedDesktopReleases } from "@/lib/marketplace/desktop-releases/seed-desktop-releases";
import { JOB_KINDS } from "@/lib/marketplace/jobs";
import type { ScanView } from "@/lib/marketplace/scans/scan-view";
import { getScan, requestScan } from "@/lib/marketplace/scans/scans";
import { decide } from "@/lib/marketplace/submissions/decide";
import type { SubmissionView } from "@/lib/marketplace/submissions/submission-view";
import { getSubmission } from "@/lib/marketplace/submissions/submissions";
import { submit } from "@/lib/marketplace/submissions/submit";
import type { Clock } from "@/lib/platform/clock";
import { createLog } from "@/lib/platform/log";
import { startQueue } from "@/lib/platform/queue";
import { allows, parseRegistries } from "@/lib/registry/registries";
import { startWorker } from "@/lib/scanning/worker";
import { testAudit } from "@/tests/support/audit";
import { type EngineName, openTestDatabase } from "@/tests/support/databases/database";
import { openClient } from "@/tests/support/registries/registry-client";

export type TestMarketplace = {
  services: Services;
  /** Moves the marketplace's clock; it otherwise runs with the real one. */
  advance(seconds: number): void;
  /** From now on only `advance` moves it, so that nothing becomes due because a test takes long. */
  stopClock(): void;
  as(role: Exclude<Role, "suspended">): Promise<Context>;
  /** Submits and waits until the check has ended. */
  submitAndWait(ctx: Context, repository: string): Promise<SubmissionView>;
  waitForState(ctx: Context, id: string, state: SubmissionView["state"]): Promise<SubmissionView>;
  /** From nothing to the allow-list; the scan that an approval begins has ended then. */
  approve(repository: string): Promise<SubmissionView>;
  scan(repository: string): Promise<ScanView>;
  close(): Promise<void>;
};

const WAIT_MS = 30_000;
/** Scans only when a test asks. */
const SCAN_INTERVAL_SECONDS = 604_800;

export async function startMarketplace(engine: EngineName, registries: string): Promise<TestMarketplace> {
  const { db, close } = await openTestDatabase(engine);
  const log = createLog("error");
  let aheadMs = 0;
  let stoppedAtMs: number | undefined;
  const clock: Clock = { now: () => new Date((stoppedAtMs ?? Date.now()) + aheadMs) };
  await seedDesktopReleases(db);
  const queue = await startQueue({ db, log, kinds: JOB_KINDS, maintain: true, alone: true });
  const table = parseRegistries(registries);
  const services: Services = {
    db,
    queue,
    clock,
    audit: testAudit(),
    acceptsRegistry: (host) => allows(table, host),
  };
  const { client, close: closeClient } = openClient(registries, { now: () => clock.now().getTime() });
  const worker = await startWorker({
    services,
    client,
    scanIntervalSeconds: SCAN_INTERVAL_SECONDS,
    log,
  });
  const people = new Map<Role, Context>();

  async function as(role: Exclude<Role, "suspended">): Promise<Context> {
    const known = people.get(role);
    if (known) return known;
    const user = await db.prisma.user.create({
      data: {
        email: `${role}-${randomUUID()}@acme.example`,
        name: `The ${role}`,
        role,
        passwordHash: "none",
      },
    });
    const actor: Actor = {
      kind: "token",
      userId: user.id,
      name: user.name,
      role,
      tokenId: randomUUID(),
      scopes: SCOPES,
    };
    const ctx: Context = { ...services, actor, requestId: undefined };
    people.set(role, ctx);
    return ctx;
  }

  async function waitForState(
    ctx: Context,
    id: string,
    state: SubmissionView["state"],
  ): Promise<SubmissionView> {
    return waitFor(
      () => getSubmission(ctx, { id }),
      (submission) => submission.state === state,
    );
  }

  async function submitAndWait(ctx: Context, repository: string): Promise<SubmissionView> {
    const { submission } = await submit(ctx, { repository });
    return waitFor(
      () => getSubmission(ctx, { id: submission.id }),
      ({ state }) => state !== "checking",
    );
  }

  return {
    services,
    advance(seconds) {
      aheadMs += seconds * 1000;
    },
    stopClock() {
      stoppedAtMs ??= Date.now();
    },
    as,
    submitAndWait,
    waitForState,
    async approve(repository) {
      const { id, candidate, state, findings, error } = await submitAndWait(
        await as("publisher"),
        repository,
      );
      if (state !== "in_review")
        throw new Error(`${repository} is ${state}: ${JSON.stringify(error ?? findings)}`);
      const approved = await decide(await as("reviewer"), {
        id,
        decision: "approve",
        expectedDigest: candidate?.digest,
      });
      await waitFor(
        () => db.prisma.scan.findMany({ where: { extension: { repository: approved.repository } } }),
        (scans) => scans.every(({ state }) => state !== "queued" && state !== "running"),
      );
      return approved;
    },
    async scan(repository) {
      const ctx = await as("admin");
      const { id } = await requestScan(ctx, { repository });
      return waitFor(
        () => getScan(ctx, { id }),
        ({ state }) => state !== "queued" && state !== "running",
      );
    },
    async close() {
      await worker.stop();
      await queue.stop();
      await closeClient();
      await close();
    },
  };
}

/** Reads until `done` holds; fails with the last reading when it never does. */
export async function waitFor<T>(read: () => Promise<T>, done: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const value = await read();
    if (done(value)) return value;
    if (Date.now() > deadline) throw new Error(`waited in vain; the last reading: ${JSON.stringify(value)}`);
    await sleep(50);
  }
}
