import type { Database, Tx } from "@/lib/platform/db/database";

export type WatchedDatabase = {
  db: Database;
  /** Rows that reads of extensions and raw queries of vendors returned inside of transactions. */
  rowsInside(): number;
};

/** `db` with its transactions watched; `before` runs ahead of each, after whatever was computed for it. */
export function watchedDatabase(db: Database, before: () => Promise<void>): WatchedDatabase {
  let rows = 0;
  const counted = async <T>(reading: Promise<T>): Promise<T> => {
    const read = await reading;
    if (Array.isArray(read)) rows += read.length;
    return read;
  };
  const watchedTx = (tx: Tx): Tx =>
    overridden(tx, {
      extension: overridden(tx.extension, {
        findMany: (args: Parameters<Tx["extension"]["findMany"]>[0]) => counted(tx.extension.findMany(args)),
      }),
      $queryRaw: (query: TemplateStringsArray, ...values: unknown[]) => {
        const reading = tx.$queryRaw(query, ...values);
        return query.join("").includes("vendor") ? counted(reading) : reading;
      },
    });
  const prisma = overridden(db.prisma, {
    $transaction: async (work: (tx: Tx) => Promise<unknown>) => {
      await before();
      return db.prisma.$transaction((tx) => work(watchedTx(tx)));
    },
  });
  return { db: { ...db, prisma }, rowsInside: () => rows };
}

function overridden<T extends object>(target: T, members: Record<string, unknown>): T {
  return new Proxy(target, {
    get: (whole, name) =>
      typeof name === "string" && name in members ? members[name] : Reflect.get(whole, name, whole),
  });
}
