import pg from "pg";

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: (error?: Error | boolean) => void,
) => void;

/**
 * A pool whose only client lives as long as the pool. The stock pool discards a client after a failed query and creates
 * another, which on the embedded engine would use the same connection: outstanding responses to the failed query would
 * be taken for those to the next queries.
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

/** Keeps a client that is released after a failure: rolls back the transaction that the failure may have left open. */
function kept(client: pg.PoolClient): pg.PoolClient {
  const release = client.release;
  client.release = (failed) => {
    if (failed) client.query("ROLLBACK").then(() => release(), release);
    else release();
  };
  return client;
}
