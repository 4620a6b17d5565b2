/** Holds the current snapshot and replaces it on notifications, polls and expiry. Starts from the copy on disk. */

import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { diskCopyFile, readDiskCopy } from "@/lib/catalog/disk/disk-copy";
import { DiskWriter } from "@/lib/catalog/disk/disk-writer";
import { highWaterMarkFile, readHighWaterMark } from "@/lib/catalog/disk/high-water-mark";
import { compressRecords } from "@/lib/catalog/encoding/compressed-record";
import { CatalogNotes } from "@/lib/catalog/snapshot/catalog-notes";
import { prepareSnapshot } from "@/lib/catalog/snapshot/prepare-snapshot";
import { buildSnapshot, type Snapshot } from "@/lib/catalog/snapshot/snapshot";
import { applyChanges } from "@/lib/catalog/views/records";
import { CATALOG_CHANNEL, readRevision } from "@/lib/marketplace/publishing/catalog-revision";
import { readPublicRecords } from "@/lib/marketplace/read-public-records";
import type { Clock } from "@/lib/platform/clock";
import type { Database } from "@/lib/platform/db/database";
import { AppError } from "@/lib/platform/errors";
import type { Log } from "@/lib/platform/log";

export type SnapshotStoreOptions = {
  db: Database;
  clock: Clock;
  log: Log;
  dataDir: string;
  /** Poll interval for the revision, because notifications can be lost. */
  pollMs?: number;
};

const POLL_MS = 1_000;
const REACHED_RETRY_MS = 25;

export class SnapshotStore {
  private snapshot: Snapshot | undefined;
  /** False while only the disk copy was read, which can lack changes. */
  private inStep = false;
  /** A disk copy older than the high-water mark: served only while the database is unavailable. */
  private staleFallback: Snapshot | undefined;
  private preparing: Promise<void> = Promise.resolve();
  private running: Promise<void> | undefined;
  private queued: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private readonly disk: DiskWriter;
  private readonly notes: CatalogNotes;
  /** When the database was last read and had nothing newer. */
  private lookedAtMs = Number.NEGATIVE_INFINITY;
  private readonly looks = new EventEmitter().setMaxListeners(0);

  constructor(private readonly options: SnapshotStoreOptions) {
    this.disk = new DiskWriter(options.dataDir, options.log);
    this.notes = new CatalogNotes(options.log);
  }

  current(): Snapshot {
    const now = this.options.clock.now();
    const { snapshot } = this;
    if (snapshot === undefined) {
      throw new AppError("starting", "Gantry has not read its catalog yet.", {
        suggestion: "Try again in a moment.",
        retryable: true,
        retryAfterSeconds: 1,
      });
    }
    if (snapshot.validUntil === undefined || now < snapshot.validUntil) return snapshot;
    this.snapshot = buildSnapshot(snapshot.records, now, snapshot);
    return this.snapshot;
  }

  async prepared(): Promise<Snapshot> {
    if (this.snapshot?.lastTable() === undefined) await this.preparing;
    return this.current();
  }

  async reached(revision: bigint, timeoutMs: number): Promise<boolean> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      if (this.snapshot !== undefined && this.inStep && this.snapshot.revision >= revision) return true;
      const leftMs = deadline - performance.now();
      if (leftMs <= 0 || this.stopped) return false;
      const giveUp = new AbortController();
      const tried = this.refresh().then(
        () => true,
        () => false,
      );
      await Promise.race([tried, sleep(leftMs, false, { signal: giveUp.signal }).catch(() => false)]);
      giveUp.abort();
      if (this.snapshot === undefined || this.snapshot.revision < revision) await sleep(REACHED_RETRY_MS);
    }
  }

  async caughtUp(revision: bigint, timeoutMs: number): Promise<"reached" | "older" | "behind"> {
    const askedAtMs = performance.now();
    for (;;) {
      if (this.snapshot !== undefined && this.snapshot.revision >= revision) return "reached";
      if (this.lookedAtMs > askedAtMs) return "older";
      const leftMs = askedAtMs + timeoutMs - performance.now();
      if (leftMs <= 0 || this.stopped || this.notes.away) return "behind";
      // Rejects on timeout, which the next iteration detects.
      await once(this.looks, "look", { signal: AbortSignal.timeout(Math.ceil(leftMs)) }).catch(
        () => undefined,
      );
    }
  }

  settled(): boolean {
    return this.inStep || this.notes.away;
  }

  /** Single-flight with one follow-up: a call during a run waits for one more run that starts after the call. */
  refresh(): Promise<void> {
    if (this.running === undefined) {
      this.running = this.load().finally(() => {
        this.running = undefined;
      });
      return this.running;
    }
    this.queued ??= this.running
      .catch(() => undefined)
      .then(() => {
        this.queued = undefined;
        return this.refresh();
      });
    return this.queued;
  }

  async start(): Promise<void> {
    await this.takeDiskCopy();
    await this.options.db.listen(CATALOG_CHANNEL, () => void this.follow());
    await this.follow();
    this.schedule();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await Promise.allSettled([this.running, this.queued]);
    await this.disk.finish();
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.poll(), this.options.pollMs ?? POLL_MS);
    this.timer.unref();
  }

  private async poll(): Promise<void> {
    const startedAtMs = performance.now();
    try {
      const revision = await readRevision(this.options.db.prisma);
      if (this.inStep && this.snapshot?.revision === revision) this.sawAll(startedAtMs);
      else await this.follow();
    } catch (err) {
      this.missed(err);
    }
    this.schedule();
  }

  /** Refreshes and only logs a failure: the next poll retries. */
  private async follow(): Promise<void> {
    if (this.stopped) return;
    try {
      await this.refresh();
    } catch (err) {
      this.missed(err);
    }
  }

  private async load(): Promise<void> {
    const startedAtMs = performance.now();
    const known = this.inStep ? this.snapshot : undefined;
    const changes = await readPublicRecords(this.options.db, known?.revision, compressRecords);
    if (known !== undefined && changes.revision <= known.revision) {
      if (changes.revision < known.revision) this.notes.older(changes.revision, known.revision);
      this.sawAll(startedAtMs);
      return;
    }
    const records = applyChanges(known?.records, changes);
    const next = buildSnapshot(records, this.options.clock.now(), this.snapshot);
    // The previous snapshot serves until this one is warm; the very first one is served at once.
    if (this.snapshot === undefined) await this.show(next);
    this.preparing = prepareSnapshot(next);
    await this.preparing;
    await this.show(next);
    this.inStep = true;
    this.notes.shown(next);
    this.sawAll(startedAtMs);
    this.disk.save(records);
  }

  private async show(next: Snapshot): Promise<void> {
    if (this.snapshot?.revision !== next.revision) await this.disk.mark(next.revision);
    this.snapshot = next;
    this.staleFallback = undefined;
  }

  private sawAll(startedAtMs: number): void {
    this.notes.back();
    this.lookedAtMs = startedAtMs;
    this.looks.emit("look");
  }

  private missed(err: unknown): void {
    if (this.stopped) return;
    // Older than what was served before, but better than nothing.
    this.snapshot ??= this.staleFallback;
    this.notes.failed(err, this.snapshot);
    this.looks.emit("look");
  }

  private async takeDiskCopy(): Promise<void> {
    const { clock, dataDir } = this.options;
    try {
      const records = await readDiskCopy(diskCopyFile(dataDir));
      if (records === undefined) return;
      const copy = buildSnapshot(records, clock.now());
      if (copy.revision < (await readHighWaterMark(highWaterMarkFile(dataDir)))) this.staleFallback = copy;
      else this.snapshot = copy;
      this.preparing = prepareSnapshot(copy);
    } catch (err) {
      this.notes.unusableCopy(err);
    }
  }
}
