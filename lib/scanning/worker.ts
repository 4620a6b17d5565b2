/** The worker: runs jobs, queues scans that are due, and records entries that have expired. */

import { systemActor } from "@/lib/journal/actor";
import type { Context, Services } from "@/lib/journal/context";
import { enforceBlocks } from "@/lib/marketplace/blocks/enforce-blocks";
import { queueDueMediaChecks } from "@/lib/marketplace/broken-links/due-checks";
import { addDeadLetter, giveUpCheck, giveUpScan } from "@/lib/marketplace/dead-letters/give-up";
import { expireEntries } from "@/lib/marketplace/entries/expire-entries";
import { forgetLayerFacts } from "@/lib/marketplace/inspections/layer-facts";
import { CHECK_MEDIA, CHECK_SUBMISSION, REINSPECT, SCAN_EXTENSION } from "@/lib/marketplace/jobs";
import { purgeSharedPreflights } from "@/lib/marketplace/preflight/shared-preflight";
import { queueDueReinspections } from "@/lib/marketplace/reinspection/due-reinspections";
import { queueDueScans } from "@/lib/marketplace/scans/due-scans";
import { resumeChecks } from "@/lib/marketplace/submissions/pending-checks";
import type { MediaPort } from "@/lib/media/media-port";
import type { Log } from "@/lib/platform/log";
import type { RegistryClient } from "@/lib/registry/client";
import { checkMedia } from "@/lib/scanning/check-media";
import { checkSubmission } from "@/lib/scanning/check-submission";
import { reinspect } from "@/lib/scanning/reinspect";
import { scanExtension } from "@/lib/scanning/scan-extension";

export type WorkerOptions = {
  services: Services;
  client: RegistryClient;
  /** Without it, pictures and links count as not checked. */
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
/** Blocks take effect at once; the sweep finds versions that became known later. */
const TICKS_BETWEEN_SWEEPS = 30;
const SCANS_PER_TICK = 20;
const MEDIA_CHECKS_PER_TICK = 20;
/** With one job at a time in each process, this is at most about one image per second. */
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
  const { queue } = services;
  await queue.work(CHECK_SUBMISSION, CHECKS_AT_ONCE, {
    run: ({ submissionId }, { jobId, signal }) =>
      checkSubmission(ctx(jobId), client, { submissionId, media, signal }),
    async gaveUp(job, { jobId }) {
      await addDeadLetter(ctx(jobId), CHECK_SUBMISSION, job);
      await giveUpCheck(ctx(jobId), job);
    },
  });
  const intervalSeconds = scanIntervalSeconds;
  await queue.work(SCAN_EXTENSION, SCANS_AT_ONCE, {
    run: ({ scanId }, { jobId, signal, progressed }) =>
      scanExtension(ctx(jobId), client, { scanId, intervalSeconds, media, signal, progressed }),
    async gaveUp(job, { jobId }) {
      await addDeadLetter(ctx(jobId), SCAN_EXTENSION, job);
      await giveUpScan(ctx(jobId), { ...job, intervalSeconds });
    },
  });
  await queue.work(REINSPECT, REINSPECTIONS_AT_ONCE, {
    run: (job, { jobId, signal }) => reinspect(ctx(jobId), client, { ...job, media, signal }),
    gaveUp: (job, { jobId }) => addDeadLetter(ctx(jobId), REINSPECT, job),
  });
  if (media !== undefined) {
    await queue.work(CHECK_MEDIA, MEDIA_CHECKS_AT_ONCE, {
      run: (job, { jobId, signal }) => checkMedia(ctx(jobId), { ...job, media, signal }),
      gaveUp: (job, { jobId }) => addDeadLetter(ctx(jobId), CHECK_MEDIA, job),
    });
  }
  return startTicking(ctx("tick"), log, media !== undefined);
}

/** Ticks run one after the other, never two at once; a failed tick is logged and the next one runs as usual. */
function startTicking(ctx: Context, log: Log, checksMedia: boolean): Worker {
  let timer: NodeJS.Timeout;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  let ticks = 0;
  const tick = async () => {
    try {
      await expireEntries(ctx);
      if (ticks % TICKS_BETWEEN_SWEEPS === 0) await enforceBlocks(ctx);
      await resumeChecks(ctx);
      await queueDueScans(ctx, { limit: SCANS_PER_TICK });
      if (checksMedia) await queueDueMediaChecks(ctx, { limit: MEDIA_CHECKS_PER_TICK });
      if (ticks % TICKS_BETWEEN_REINSPECTIONS === 0)
        await queueDueReinspections(ctx, { limit: REINSPECTIONS_WAITING_MAX });
      if (ticks % TICKS_BETWEEN_TIDYING === 0) await forgetLayerFacts(ctx.db);
      ticks += 1;
      await purgeSharedPreflights(ctx);
    } catch (err) {
      log.warn({ err }, "a worker tick failed; the next one will retry");
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
