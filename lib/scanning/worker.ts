/** The worker: takes jobs, starts scans that are due, and writes down what time has ended. */

import { systemActor } from "@/lib/journal/actor";
import type { Context, Services } from "@/lib/journal/context";
import { expireEntries } from "@/lib/marketplace/expire-entries";
import { CHECK_SUBMISSION, SCAN_EXTENSION } from "@/lib/marketplace/jobs";
import { resumeChecks } from "@/lib/marketplace/resume-checks";
import { queueDueScans } from "@/lib/marketplace/scans";
import type { Log } from "@/lib/platform/log";
import { checkSubmission } from "@/lib/scanning/check-submission";
import type { Outside } from "@/lib/scanning/outside";
import { scanExtension } from "@/lib/scanning/scan-extension";

export type WorkerOptions = {
  services: Services;
  outside: Outside;
  scanIntervalSeconds: number;
  log: Log;
};

export type Worker = { stop(): Promise<void> };

const CHECKS_AT_ONCE = 2;
const SCANS_AT_ONCE = 2;
const TICK_MS = 2_000;
const SCANS_PER_TICK = 20;

export async function startWorker({
  services,
  outside,
  scanIntervalSeconds,
  log,
}: WorkerOptions): Promise<Worker> {
  const ctx = (jobId: string): Context => ({ ...services, actor: systemActor("scanning"), requestId: jobId });
  await services.queue.work(CHECK_SUBMISSION, CHECKS_AT_ONCE, async ({ submissionId }, { jobId, signal }) => {
    await checkSubmission(ctx(jobId), outside, { submissionId, signal });
  });
  await services.queue.work(SCAN_EXTENSION, SCANS_AT_ONCE, async ({ scanId }, { jobId, signal }) => {
    await scanExtension(ctx(jobId), outside, { scanId, intervalSeconds: scanIntervalSeconds, signal });
  });
  return startTicking(ctx("tick"), log);
}

/** One tick after the other, never two at once; a failed one is logged and the next one comes. */
function startTicking(ctx: Context, log: Log): Worker {
  let timer: NodeJS.Timeout;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const tick = async () => {
    try {
      await expireEntries(ctx);
      await resumeChecks(ctx);
      await queueDueScans(ctx, { limit: SCANS_PER_TICK });
    } catch (err) {
      log.warn({ err }, "a worker tick failed; the next one tries again");
    }
    if (!stopped) schedule();
  };
  const schedule = () => {
    timer = setTimeout(() => {
      running = tick();
    }, TICK_MS);
    timer.unref();
  };
  schedule();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
