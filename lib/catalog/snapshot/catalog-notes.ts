import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";
import type { Log } from "@/lib/platform/log";

/** Logs problems of the catalog: each one once, and its end. */
export class CatalogNotes {
  private ignored: bigint | undefined;
  private isAway = false;

  constructor(private readonly log: Log) {}

  /** Whether the last read of the database failed. */
  get away(): boolean {
    return this.isAway;
  }

  failed(err: unknown, shown: Snapshot | undefined): void {
    if (this.isAway) return;
    this.isAway = true;
    const revision = shown === undefined ? "none" : String(shown.revision);
    this.log.warn(
      { err, revision },
      "the catalog cannot be read from the database; serving the last known state",
    );
  }

  back(): void {
    if (!this.isAway) return;
    this.isAway = false;
    this.log.info("the catalog is in step with the database again");
  }

  shown(snapshot: Snapshot): void {
    this.ignored = undefined;
    for (const { repository, error } of snapshot.damaged())
      this.log.error(
        { repository, err: error },
        "an extension cannot be shown because its records are invalid",
      );
  }

  /** A database restored under a running instance, or a lagging replica. */
  older(revision: bigint, known: bigint): void {
    if (this.ignored === revision) return;
    this.ignored = revision;
    this.log.error(
      { revision: String(revision), serving: String(known) },
      "the database is older than the served state and is ignored; if it was restored, restart Gantry",
    );
  }

  unusableCopy(err: unknown): void {
    this.log.warn({ err }, "the copy of the catalog on disk is not usable and is ignored");
  }
}
