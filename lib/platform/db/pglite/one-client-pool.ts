import pg from "pg";

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: (error?: Error | boolean) => void,
) => void;

/**
 * A pool whose one client lives as long as the pool. The stock pool throws a client away when a query fails and makes
 * another one, which on the embedded engine would speak through the same connection: the answers that the failed query
 * still has coming would be taken for those of the next queries.
 */
export class OneClientPool extends pg.Pool {
  constructor(config: pg.PoolConfig) {
    super({ ...config, max: 1, idleTimeoutMillis: 0 });
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(connected: Connected): void;
  override connect(connected?: Connected): Promise<pg.PoolClient> | undefined {
    if (connected === undefined) return super.connect().then(kept);
    super.connect((error, client, release) => {
      if (client === undefined) return connected(error, client, release);
      const same = kept(client);
      connected(error, same, same.release);
    });
    return undefined;
  }
}

/** A client that is given back after a failure is only freed of the transaction that the failure may have left open. */
function kept(client: pg.PoolClient): pg.PoolClient {
  const release = client.release;
  client.release = (failed) => {
    if (failed) client.query("ROLLBACK").then(() => release(), release);
    else release();
  };
  return client;
}
