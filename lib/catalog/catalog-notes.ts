import type { Snapshot } from "@/lib/catalog/snapshot";
import type { Log } from "@/lib/platform/log";

/** What the log is told of the catalog's steps: each change of its state once. */
export class CatalogNotes {
  private isAway = false;
  private ignoredRevision: bigint | undefined;

  constructor(private readonly log: Log) {}

  /** `revision`: what is known and stays. */
  away(err: unknown, revision: bigint | undefined): void {
    if (this.isAway) return;
    this.isAway = true;
    this.log.warn(
      { err, revision: revision === undefined ? "none" : String(revision) },
      "the catalog cannot be read from the database; what is known stays",
    );
  }

  back(): void {
    if (!this.isAway) return;
    this.isAway = false;
    this.log.info("the catalog is in step with the database again");
  }

  /** A snapshot of the database's is shown now. */
  shown(snapshot: Snapshot): void {
    this.ignoredRevision = undefined;
    for (const { repository, error } of snapshot.damaged())
      this.log.error({ repository, err: error }, "an extension cannot be shown: its records make no sense");
  }

  /** A database that was put back under a running instance, or a replica that lags. */
  older(revision: bigint, known: bigint): void {
    if (this.ignoredRevision === revision) return;
    this.ignoredRevision = revision;
    this.log.error(
      { revision: String(revision), serving: String(known) },
      "the database is older than what is served, and is ignored; restart Gantry if it was restored",
    );
  }
}
