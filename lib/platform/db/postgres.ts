/** A PostgreSQL server (15 or newer) behind `DATABASE_URL`. */

import pg from "pg";
import { createClient } from "@/lib/platform/db/client";
import type { Database } from "@/lib/platform/db/database";
import { applyMigrations } from "@/lib/platform/db/migrate";
import type { Log } from "@/lib/platform/log";

const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 5_000;
const RELISTEN_MS = 1_000;

/**
 * The database behind `url`. Nothing is dialled before the first query, so an instance can come up, and serve what it
 * has on disk, while the database is unavailable.
 */
export function openPostgres(url: string, log: Log): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  });
  pool.on("error", (err) => log.warn({ err }, "an idle database connection was lost"));
  const prisma = createClient(pool);
  const listeners: Listener[] = [];
  return {
    engine: "postgres",
    prisma,
    pool,
    async listen(channel, onNotify) {
      const listener = new Listener(url, channel, onNotify, log);
      listeners.push(listener);
      await listener.start();
    },
    async close() {
      for (const listener of listeners) await listener.stop();
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

/** Brings the schema up to date. The engine takes a session lock and keeps it, so it gets a connection that ends here. */
export async function migratePostgres(url: string, folder?: string): Promise<string[]> {
  const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  try {
    return await applyMigrations(pool, folder);
  } finally {
    await pool.end();
  }
}

/** One `LISTEN` connection that is made again whenever it is lost. */
class Listener {
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly url: string,
    private readonly channel: string,
    private readonly onNotify: (payload: string) => void,
    private readonly log: Log,
  ) {}

  async start(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
    });
    this.client = client;
    client.on("notification", (message) => this.onNotify(message.payload ?? ""));
    client.on("error", (err) => this.restart(client, err));
    client.on("end", () => this.restart(client, undefined));
    try {
      await client.connect();
      await client.query(`LISTEN ${pg.escapeIdentifier(this.channel)}`);
    } catch (err) {
      this.restart(client, err);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.client?.end().catch((err) => this.log.debug({ err }, "closing a listening connection"));
  }

  private restart(failed: pg.Client, err: unknown): void {
    if (this.stopped || this.client !== failed) return;
    this.client = undefined;
    if (err)
      this.log.warn({ err, channel: this.channel }, "the notification connection was lost; reconnecting");
    failed.end().catch(() => undefined);
    this.timer = setTimeout(() => void this.start(), RELISTEN_MS);
  }
}
