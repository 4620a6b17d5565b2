import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";
import type { Log } from "@/lib/platform/log";

/** Log entries about the catalog: each problem once, and its end. */
export class CatalogNotes {
  private ignored: bigint | undefined;
  private isAway = false;

  constructor(private readonly log: Log) {}

  /** Whether the database could not be read when it was last asked. */
  get away(): boolean {
    return this.isAway;
  }

  failed(err: unknown, shown: Snapshot | undefined): void {
    if (this.isAway) return;
    this.isAway = true;
    const revision = shown === undefined ? "none" : String(shown.revision);
    this.log.warn({ err, revision }, "the catalog cannot be read from the database; what is known stays");
  }

  back(): void {
    if (!this.isAway) return;
    this.isAway = false;
    this.log.info("the catalog is in step with the database again");
  }

  shown(snapshot: Snapshot): void {
    this.ignored = undefined;
    for (const { repository, error } of snapshot.damaged())
      this.log.error({ repository, err: error }, "an extension cannot be shown: its records make no sense");
  }

  /** A database that was put back under a running instance, or a replica that lags. */
  older(revision: bigint, known: bigint): void {
    if (this.ignored === revision) return;
    this.ignored = revision;
    this.log.error(
      { revision: String(revision), serving: String(known) },
      "the database is older than what is served, and is ignored; restart Gantry if it was restored",
    );
  }

  unusableCopy(err: unknown): void {
    this.log.warn({ err }, "the copy of the catalog on disk is not usable and is ignored");
  }
}
