import { sha256Hex } from "@/lib/platform/crypto";
import type { Database } from "@/lib/platform/db/database";
import { read } from "@/lib/platform/db/transact";
import type { FixedWindow, Usage } from "@/lib/platform/rate-limits/fixed-window";

export type DatabaseWindowOptions = {
  /** Separates the keys of this limit from those of others. */
  name: string;
  windowSeconds: number;
  /** Called for each operation, so that a limiter can be created before the database is open. */
  db: () => Pick<Database, "prisma">;
  /** Maximum number of rows for all limits together. */
  rowsMax?: number;
  /** Purges once per this many calls of `consume`. */
  purgeEvery?: number;
};

type UsageRow = { consumed: number; msLeft: number };

/**
 * Rate limit in the database: a fixed window per key, counted across processes by the database's clock. Keys are stored
 * as hashes. Every operation throws `database_unavailable` if the database does not respond.
 */
export class DatabaseWindow implements FixedWindow {
  private readonly options: Required<DatabaseWindowOptions>;
  private readonly windowMs: number;
  private sincePurge = 0;

  constructor(options: DatabaseWindowOptions) {
    this.options = { rowsMax: ROWS_MAX, purgeEvery: PURGE_EVERY, ...options };
    this.windowMs = options.windowSeconds * 1000;
  }

  async peek(key: string): Promise<Usage> {
    const rows = await read(
      () => this.prisma.$queryRaw<UsageRow[]>`
        SELECT "consumed", floor(extract(epoch FROM "expiresAt" - now()) * 1000)::int AS "msLeft"
        FROM "RateLimit" WHERE "key" = ${this.stored(key)} AND "expiresAt" > now()`,
    );
    return rows[0] ?? { consumed: 0, msLeft: this.windowMs };
  }

  async consume(key: string): Promise<Usage> {
    const rows = await read(
      () => this.prisma.$queryRaw<UsageRow[]>`
        INSERT INTO "RateLimit" AS known ("key", "consumed", "expiresAt")
        VALUES (${this.stored(key)}, 1, now() + ${this.windowMs}::int * interval '1 millisecond')
        ON CONFLICT ("key") DO UPDATE SET
          "consumed" = CASE WHEN known."expiresAt" <= now() THEN 1
                            ELSE least(known."consumed", ${CONSUMED_MAX}::int - 1) + 1 END,
          "expiresAt" = CASE WHEN known."expiresAt" <= now() THEN EXCLUDED."expiresAt" ELSE known."expiresAt" END
        RETURNING "consumed", greatest(0, floor(extract(epoch FROM "expiresAt" - now()) * 1000))::int AS "msLeft"`,
    );
    await this.purgeSometimes();
    const [usage] = rows;
    if (usage === undefined) throw new Error("an upsert returned no row");
    return usage;
  }

  async refund(key: string): Promise<void> {
    await read(
      () => this.prisma.$executeRaw`
        UPDATE "RateLimit" SET "consumed" = "consumed" - 1
        WHERE "key" = ${this.stored(key)} AND "consumed" > 0 AND "expiresAt" > now()`,
    );
  }

  async reset(key: string): Promise<void> {
    await read(() => this.prisma.rateLimit.deleteMany({ where: { key: this.stored(key) } }));
  }

  /** A hash has a fixed length, contains no personal data, and can be stored for any input. */
  private stored(key: string): string {
    return `${this.options.name}:${sha256Hex(key)}`;
  }

  private get prisma(): Database["prisma"] {
    return this.options.db().prisma;
  }

  /**
   * Deletes expired rows and, beyond `rowsMax`, those that expire first, so that a flood of keys cannot fill the disk.
   * Skips locked rows, so that purges and consumers never deadlock.
   */
  private async purgeSometimes(): Promise<void> {
    this.sincePurge += 1;
    if (this.sincePurge < this.options.purgeEvery) return;
    this.sincePurge = 0;
    await read(
      () => this.prisma.$executeRaw`
        DELETE FROM "RateLimit" WHERE "key" IN (
          SELECT "key" FROM "RateLimit"
          WHERE "expiresAt" <= greatest(now(), (
            SELECT "expiresAt" FROM "RateLimit" ORDER BY "expiresAt" DESC OFFSET ${this.options.rowsMax} LIMIT 1))
          ORDER BY "expiresAt" LIMIT ${PURGED_AT_ONCE} FOR UPDATE SKIP LOCKED)`,
    );
  }
}

const ROWS_MAX = 100_000;
const PURGE_EVERY = 256;
const PURGED_AT_ONCE = 10_000;
/** Far above every quota and far below the column's maximum. */
const CONSUMED_MAX = 1_000_000;
