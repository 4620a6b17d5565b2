/** The lanes of one process: takes jobs, runs them beside each other or alone, and keeps the lease on them. */

import { setTimeout as sleep } from "node:timers/promises";
import type { JobHandlers, JobKind } from "@/lib/platform/jobs/job-kind";
import type { JobStore } from "@/lib/platform/jobs/job-store";
import { announceStop, openLease, otherWorkers, renewLease, silentWorkers } from "@/lib/platform/jobs/lease";
import { type Recovered, recoverWorker } from "@/lib/platform/jobs/recover";
import { endRun, noteProgress, startAlone, type Taken, takeJob } from "@/lib/platform/jobs/take";
import type { Log } from "@/lib/platform/log";

export type Lane = { kind: JobKind<object>; concurrency: number; handlers: JobHandlers<object> };

export type JobWorkerOptions = JobStore & {
  log: Log;
  /** No other process works on this database, so every other worker is dead. */
  alone: boolean;
};

const POLL_MS = 500;
const RECORD_RETRY_MS = 1_000;
const STOP_TIMEOUT_MS = 6_000;

export class JobWorker {
  private readonly lanes: Lane[] = [];
  private readonly running = new Map<Taken, Promise<void>>();
  /** Taken, and run one after the other as soon as nothing else runs. */
  private readonly waiting: Taken[] = [];
  private readonly stopping = new AbortController();
  /** Aborted when the lease is lost. */
  private lease = new AbortController();
  private heldSinceMs = Date.now();
  private wake: () => void = () => undefined;
  private loop: Promise<void> | undefined;
  private heartbeat: NodeJS.Timeout | undefined;
  private workerId = "";

  constructor(private readonly options: JobWorkerOptions) {}

  async add(lane: Lane): Promise<void> {
    if (this.loop === undefined) await this.start();
    this.lanes.push(lane);
    this.wake();
  }

  /** Takes no more jobs, gives the running ones a few seconds, and gives back what is left. */
  async stop(): Promise<void> {
    if (this.loop === undefined) return;
    const { db, log } = this.options;
    this.stopping.abort();
    this.wake();
    clearInterval(this.heartbeat);
    try {
      await announceStop(db, this.workerId);
      const ended = Promise.all([this.loop, ...this.running.values()]);
      await Promise.race([ended, sleep(STOP_TIMEOUT_MS, undefined, { ref: false })]);
      await recoverWorker(this.options, this.workerId, 0);
    } catch (err) {
      log.warn({ err }, "this process could not release its jobs; another worker will release them later");
    }
  }

  private async start(): Promise<void> {
    const { db, alone, log, timing } = this.options;
    this.workerId = await openLease(db);
    if (alone) await this.recover(await otherWorkers(db, this.workerId), 0);
    this.heldSinceMs = Date.now();
    this.heartbeat = setInterval(() => {
      this.beat().catch((err) => {
        this.heldSinceMs = Number.POSITIVE_INFINITY;
        log.warn({ err }, "the lease on jobs could not be renewed; retrying");
      });
    }, timing.heartbeatMs);
    this.heartbeat.unref();
    this.loop = this.takeUntilStopped();
  }

  private async beat(): Promise<void> {
    const { db, log, alone, timing } = this.options;
    if (!(await renewLease(db, this.workerId))) {
      log.warn("another worker took over the jobs of this process, which was silent for too long");
      this.lease.abort();
      this.lease = new AbortController();
      this.workerId = await openLease(db);
      this.heldSinceMs = Number.POSITIVE_INFINITY;
    }
    if (this.heldSinceMs === Number.POSITIVE_INFINITY) this.heldSinceMs = Date.now();
    // After an outage of the database everybody looks silent: first the others get time to be heard.
    const heldMs = Date.now() - this.heldSinceMs;
    const { leaseSeconds } = timing;
    if (!alone && heldMs >= leaseSeconds * 1000)
      await this.recover(await silentWorkers(db, leaseSeconds), leaseSeconds);
  }

  private async recover(workers: readonly string[], leaseSeconds: number): Promise<void> {
    for (const id of workers) {
      const recovered = await recoverWorker(this.options, id, leaseSeconds);
      if (recovered) this.tell(id, recovered);
    }
  }

  private tell(workerId: string, { suspects, jobs }: Recovered): void {
    if (suspects.length === 0 && jobs === 0) return;
    const running = suspects.map(({ kind, subject, alone }) => ({ kind, subject, alone }));
    this.options.log.warn(
      { workerId, jobs, running },
      "a process ended without stopping; its jobs run again",
    );
  }

  private async takeUntilStopped(): Promise<void> {
    const { log } = this.options;
    while (!this.stopping.signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      try {
        if (await this.takeOnce()) continue;
      } catch (err) {
        log.warn({ err }, "no job could be claimed; retrying");
      }
      await Promise.race([woken, sleep(POLL_MS, undefined, { ref: false })]);
    }
  }

  /** True when there may be more to take at once. */
  private async takeOnce(): Promise<boolean> {
    if (this.waiting.length > 0) {
      if (this.running.size === 0) await this.runNextAlone();
      return false;
    }
    if (this.runsAlone()) return false;
    let took = false;
    for (const lane of this.lanes) {
      if (this.busy(lane) >= lane.concurrency || this.stopping.signal.aborted) continue;
      const taken = await takeJob(this.options, this.workerId, lane.kind);
      if (taken === undefined) continue;
      took = true;
      if (taken.how === "alone") this.waiting.push(taken);
      else this.begin(taken, lane);
      // Whatever else is taken now would only keep it waiting.
      if (taken.how === "alone") break;
    }
    return took;
  }

  private runsAlone(): boolean {
    return [...this.running.keys()].some(({ how }) => how === "alone");
  }

  private busy({ kind }: Lane): number {
    return [...this.running.keys()].filter((taken) => taken.kind === kind).length;
  }

  private async runNextAlone(): Promise<void> {
    const taken = this.waiting.shift();
    const lane = this.lanes.find(({ kind }) => kind === taken?.kind);
    if (taken === undefined || lane === undefined) return;
    this.options.log.info({ ...about(taken), crashes: taken.crashes }, "a job runs alone after crashes");
    if (await startAlone(this.options.db, this.workerId, taken)) this.begin(taken, lane);
  }

  private begin(taken: Taken, { handlers }: Lane): void {
    const ended = this.runAndRecord(taken, handlers, this.workerId).finally(() => {
      this.running.delete(taken);
      this.wake();
    });
    this.running.set(taken, ended);
  }

  private async runAndRecord(taken: Taken, handlers: JobHandlers<object>, workerId: string): Promise<void> {
    const { log } = this.options;
    let failure: { error: unknown } | undefined;
    try {
      await this.run(taken, handlers, workerId);
    } catch (error) {
      // It is given back when the stop ends.
      if (this.stopping.signal.aborted) return;
      failure = { error };
      log.warn({ err: error, ...about(taken) }, "a job failed; it will be retried up to its limit");
    }
    for (;;) {
      try {
        await endRun(this.options, workerId, taken, failure);
        return;
      } catch (err) {
        log.warn({ err, ...about(taken) }, "the result of a job could not be saved; retrying");
        if (this.stopping.signal.aborted) return;
        await sleep(RECORD_RETRY_MS, undefined, { ref: false });
      }
    }
  }

  private async run(taken: Taken, handlers: JobHandlers<object>, workerId: string): Promise<void> {
    const { job, kind, how, crashes } = taken;
    if (how === "dead") return handlers.gaveUp(job.data, { jobId: job.id, crashes });
    const expired = AbortSignal.timeout(kind.expireInSeconds * 1000);
    const signal = AbortSignal.any([this.stopping.signal, this.lease.signal, expired]);
    const late = new Promise<never>((_resolve, reject) => {
      expired.addEventListener("abort", () => reject(expired.reason), { once: true });
    });
    const progressed = () => noteProgress(this.options.db, workerId, taken);
    await Promise.race([handlers.run(job.data, { jobId: job.id, signal, progressed }), late]);
  }
}

function about({ job, kind }: Taken) {
  return { job: job.id, kind: kind.name, subject: kind.subject(job.data) };
}
