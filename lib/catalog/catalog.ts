/** Keeps the snapshot of the public catalog true: in memory, in step with the database, and on disk. */

import { setTimeout as sleep } from "node:timers/promises";
import { CatalogNotes } from "@/lib/catalog/catalog-notes";
import { diskCopyFile, readDiskCopy } from "@/lib/catalog/disk-copy";
import { DiskWriter } from "@/lib/catalog/disk-writer";
import { createMediaCache, type MediaCache } from "@/lib/catalog/media-cache";
import { packRecords } from "@/lib/catalog/packed-record";
import { prepareSnapshot } from "@/lib/catalog/prepare-snapshot";
import { applyChanges } from "@/lib/catalog/records";
import { buildSnapshot, type Snapshot } from "@/lib/catalog/snapshot";
import { CATALOG_CHANNEL } from "@/lib/marketplace/catalog-revision";
import { readPublicRecords, readRevision } from "@/lib/marketplace/public-records";
import type { Clock } from "@/lib/platform/clock";
import type { Database } from "@/lib/platform/db/database";
import { AppError } from "@/lib/platform/errors";
import type { Log } from "@/lib/platform/log";
import { singleton } from "@/lib/platform/singleton";

export type Catalog = {
  /** The newest snapshot, right at this instant. Throws `starting` until there is a first one. */
  current(): Snapshot;
  /** The same once lists and search are at hand, so that nobody's request makes them. */
  prepared(): Promise<Snapshot>;
  /** Resolves to true once the snapshot is at `revision` or later; to false when it is not by then. */
  reached(revision: bigint, timeoutMs?: number): Promise<boolean>;
  /** Reads what changed in the database. Rejects when the database is away; the snapshot then stays. */
  refresh(): Promise<void>;
  /** Serves the copy on disk, reads the database, then follows it. Does not reject when the database is away. */
  start(): Promise<void>;
  /** Ends following, and brings the copy on disk up to date. */
  stop(): Promise<void>;
  media: MediaCache;
};

export type CatalogOptions = {
  db: Database;
  clock: Clock;
  log: Log;
  dataDir: string;
  /** How often the database is asked for its revision, since notifications can be lost. */
  pollMs?: number;
};

/** Filled by the server or a test; read by route handlers and pages. */
export const catalog = singleton<Catalog>("catalog");

const POLL_MS = 1_000;
const REACHED_TIMEOUT_MS = 2_000;
const REACHED_RETRY_MS = 25;

export function createCatalog(options: CatalogOptions): Catalog {
  const keeper = new Keeper(options);
  return {
    current: () => keeper.current(),
    prepared: () => keeper.prepared(),
    reached: (revision, timeoutMs = REACHED_TIMEOUT_MS) => keeper.reached(revision, timeoutMs),
    refresh: () => keeper.refresh(),
    start: () => keeper.start(),
    stop: () => keeper.stop(),
    media: createMediaCache(options.db),
  };
}

class Keeper {
  private snapshot: Snapshot | undefined;
  /** False while all we have is the copy on disk, of which nobody knows what it missed. */
  private inStep = false;
  private preparing: Promise<void> = Promise.resolve();
  private running: Promise<void> | undefined;
  private queued: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private readonly disk: DiskWriter;
  private readonly notes: CatalogNotes;

  constructor(private readonly options: CatalogOptions) {
    this.disk = new DiskWriter(diskCopyFile(options.dataDir), options.log);
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

  /** A call during a run is served by one more run, which begins after the call. */
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
    try {
      const revision = await readRevision(this.options.db.prisma);
      if (this.inStep && this.snapshot?.revision === revision) this.notes.back();
      else await this.follow();
    } catch (err) {
      this.noteAway(err);
    }
    this.schedule();
  }

  /** Refreshes and only notes a failure: the next poll tries again. */
  private async follow(): Promise<void> {
    if (this.stopped) return;
    try {
      await this.refresh();
    } catch (err) {
      this.noteAway(err);
    }
  }

  private async load(): Promise<void> {
    const known = this.inStep ? this.snapshot : undefined;
    const changes = await readPublicRecords(this.options.db, known?.revision, packRecords);
    this.notes.back();
    if (known !== undefined && changes.revision <= known.revision) {
      if (changes.revision < known.revision) this.notes.older(changes.revision, known.revision);
      return;
    }
    const records = applyChanges(known?.records, changes);
    const next = buildSnapshot(records, this.options.clock.now(), this.snapshot);
    // Requests are answered from the snapshot of before until this one can answer as fast; the first one cannot wait.
    if (this.snapshot === undefined) this.snapshot = next;
    this.preparing = prepareSnapshot(next);
    await this.preparing;
    this.snapshot = next;
    this.inStep = true;
    this.notes.shown(this.snapshot);
    this.disk.save(records);
  }

  private async takeDiskCopy(): Promise<void> {
    const { clock, dataDir, log } = this.options;
    try {
      const records = await readDiskCopy(diskCopyFile(dataDir));
      if (records === undefined) return;
      this.snapshot = buildSnapshot(records, clock.now());
      this.preparing = prepareSnapshot(this.snapshot);
    } catch (err) {
      log.warn({ err }, "the copy of the catalog on disk is not usable and is ignored");
    }
  }

  private noteAway(err: unknown): void {
    if (!this.stopped) this.notes.away(err, this.snapshot?.revision);
  }
}
