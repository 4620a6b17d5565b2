/** The worker: takes jobs, starts scans that are due, and writes down what time has ended. */

import type { MediaPort } from "@/lib/inspection/media/media-port";
import { systemActor } from "@/lib/journal/actor";
import type { Context, Services } from "@/lib/journal/context";
import { queueDueMediaChecks } from "@/lib/marketplace/dead-media/due-checks";
import { expireEntries } from "@/lib/marketplace/expire-entries";
import { CHECK_MEDIA, CHECK_SUBMISSION, REINSPECT, SCAN_EXTENSION } from "@/lib/marketplace/jobs";
import { forgetLayerFacts } from "@/lib/marketplace/layer-facts";
import { queueDueReinspections } from "@/lib/marketplace/reinspection/due-reinspections";
import { resumeChecks } from "@/lib/marketplace/resume-checks";
import { queueDueScans } from "@/lib/marketplace/scans/due-scans";
import { purgeSharedPreflights } from "@/lib/marketplace/shared-preflight";
import type { Log } from "@/lib/platform/log";
import type { RegistryClient } from "@/lib/registry/client";
import { checkMedia } from "@/lib/scanning/check-media";
import { checkSubmission } from "@/lib/scanning/check-submission";
import { reinspect } from "@/lib/scanning/reinspect";
import { scanExtension } from "@/lib/scanning/scan-extension";

export type WorkerOptions = {
  services: Services;
  client: RegistryClient;
  /** Without it pictures and links count as not checked. */
  media?: MediaPort | undefined;
  scanIntervalSeconds: number;
  log: Log;
};

export type Worker = { stop(): Promise<void> };

const CHECKS_AT_ONCE = 2;
const SCANS_AT_ONCE = 2;
const MEDIA_CHECKS_AT_ONCE = 1;
const REINSPECTIONS_AT_ONCE = 1;
const TICK_MS = 2_000;
const SCANS_PER_TICK = 20;
const MEDIA_CHECKS_PER_TICK = 20;
/** With one lane in each process this is about one image per second at most. */
const REINSPECTIONS_WAITING_MAX = 10;
const TICKS_BETWEEN_REINSPECTIONS = 5;
/** About ten minutes. */
const TICKS_BETWEEN_TIDYING = 300;

export async function startWorker({
  services,
  client,
  media,
  scanIntervalSeconds,
  log,
}: WorkerOptions): Promise<Worker> {
  const ctx = (jobId: string): Context => ({ ...services, actor: systemActor("scanning"), requestId: jobId });
  await services.queue.work(CHECK_SUBMISSION, CHECKS_AT_ONCE, async ({ submissionId }, { jobId, signal }) => {
    await checkSubmission(ctx(jobId), client, { submissionId, media, signal });
  });
  await services.queue.work(SCAN_EXTENSION, SCANS_AT_ONCE, async ({ scanId }, { jobId, signal }) => {
    await scanExtension(ctx(jobId), client, { scanId, intervalSeconds: scanIntervalSeconds, media, signal });
  });
  await services.queue.work(REINSPECT, REINSPECTIONS_AT_ONCE, async (job, { jobId, signal }) => {
    await reinspect(ctx(jobId), client, { ...job, media, signal });
  });
  if (media !== undefined) {
    await services.queue.work(CHECK_MEDIA, MEDIA_CHECKS_AT_ONCE, async (job, { jobId, signal }) => {
      await checkMedia(ctx(jobId), { ...job, media, signal });
    });
  }
  return startTicking(ctx("tick"), log, media !== undefined);
}

/** One tick after the other, never two at once; a failed one is logged and the next one comes. */
function startTicking(ctx: Context, log: Log, checksMedia: boolean): Worker {
  let timer: NodeJS.Timeout;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  let ticks = 0;
  const tick = async () => {
    try {
      await expireEntries(ctx);
      await resumeChecks(ctx);
      await queueDueScans(ctx, { limit: SCANS_PER_TICK });
      if (checksMedia) await queueDueMediaChecks(ctx, { limit: MEDIA_CHECKS_PER_TICK });
      if (ticks % TICKS_BETWEEN_REINSPECTIONS === 0)
        await queueDueReinspections(ctx, { limit: REINSPECTIONS_WAITING_MAX });
      if (ticks % TICKS_BETWEEN_TIDYING === 0) await forgetLayerFacts(ctx.db);
      ticks += 1;
      await purgeSharedPreflights(ctx);
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
