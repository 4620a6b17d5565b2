import { diskCopyFile, writeDiskCopy } from "@/lib/catalog/disk/disk-copy";
import { highWaterMarkFile, writeHighWaterMark } from "@/lib/catalog/disk/high-water-mark";
import type { CatalogRecords } from "@/lib/catalog/views/records";
import type { Log } from "@/lib/platform/log";

/** Coalesces bursts of changes; the copy is only read after a restart. */
const DELAY_MS = 1_000;

/** Writes the newest records to disk after a short delay, one write at a time. */
export class DiskWriter {
  private waiting: CatalogRecords | undefined;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  private failing = false;

  constructor(
    private readonly dataDir: string,
    private readonly log: Log,
  ) {}

  /** Call it before `revision` is served. A failed write is logged and does not delay anything. */
  async mark(revision: bigint): Promise<void> {
    await this.noting(() => writeHighWaterMark(highWaterMarkFile(this.dataDir), revision));
  }

  save(records: CatalogRecords): void {
    this.waiting = records;
    if (this.timer !== undefined) return;
    this.timer = setTimeout(() => void this.finish(), DELAY_MS);
    this.timer.unref();
  }

  /** Resolves when the newest records are on disk or the write has failed. */
  finish(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.write());
    return this.writing;
  }

  private async write(): Promise<void> {
    const records = this.waiting;
    if (records === undefined) return;
    this.waiting = undefined;
    await this.noting(() => writeDiskCopy(diskCopyFile(this.dataDir), records));
  }

  private async noting(write: () => Promise<void>): Promise<void> {
    try {
      await write();
      this.failing = false;
    } catch (err) {
      if (!this.failing) this.log.warn({ err }, "the copy of the catalog on disk could not be written");
      this.failing = true;
    }
  }
}
