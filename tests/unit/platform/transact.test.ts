import { describe, expect, test } from "vitest";
import type { Database } from "@/lib/platform/db/database";
import { isUniqueViolation, read, transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import { Prisma } from "@/lib/platform/prisma/client";

const known = (code: string, message = "refused") =>
  new Prisma.PrismaClientKnownRequestError(message, { code, clientVersion: "7" });
const driver = (originalCode: string) =>
  Object.assign(new Error("DriverAdapterError"), { cause: { kind: "postgres", originalCode } });
const raw = (originalCode: string, code = "P2010") =>
  new Prisma.PrismaClientKnownRequestError("Raw query failed", {
    code,
    clientVersion: "7",
    meta: { driverAdapterError: driver(originalCode) },
  });
const socket = (kind: string) => Object.assign(new Error(kind), { cause: { kind } });
const node = (code: string) => Object.assign(new Error(`connect ${code} 127.0.0.1:5432`), { code });

describe("what means that the database is unavailable", () => {
  test.each([
    ["cannot be reached (P1001)", known("P1001")],
    ["wrong credentials (P1000)", known("P1000")],
    ["closed the connection (P1017)", known("P1017")],
    ["no free connection (P2024)", known("P2024")],
    ["no transaction in time (P2028)", known("P2028")],
    ["too many connections (P2037)", known("P2037")],
    ["not initialized", new Prisma.PrismaClientInitializationError("no", "7")],
    ["08006 connection failure", driver("08006")],
    ["57P01 admin shutdown", driver("57P01")],
    ["57P03 cannot connect now", driver("57P03")],
    ["53300 too many connections", driver("53300")],
    ["53100 disk full", driver("53100")],
    ["25006 read-only", driver("25006")],
    ["57P01 in a raw query", raw("57P01")],
    ["57P01 in a query of the client", raw("57P01", "P2039")],
    ["08006 in a raw query", raw("08006")],
    ["a closed socket", socket("ConnectionClosed")],
    ["a refused socket", socket("DatabaseNotReachable")],
    ["a slow socket", socket("SocketTimeout")],
    ["ECONNREFUSED", node("ECONNREFUSED")],
    ["ECONNRESET", node("ECONNRESET")],
    ["ENOTFOUND", node("ENOTFOUND")],
    ["a terminated connection", new Error("Connection terminated unexpectedly")],
    ["a connect timeout", new Error("timeout exceeded when trying to connect")],
  ])("%s", async (_name, cause) => {
    for (const failed of [transact(failing(cause), async () => 1), read(() => Promise.reject(cause))]) {
      await expect(failed).rejects.toMatchObject({
        code: "database_unavailable",
        status: 503,
        retryable: true,
        retryAfterSeconds: 5,
        cause,
      });
    }
  });
});

describe("what is passed on as it is", () => {
  test.each([
    ["an error of ours", new AppError("not_found", "No such thing.", { suggestion: "Look elsewhere." })],
    ["a unique violation", known("P2002")],
    ["a missing row", known("P2025")],
    ["a broken trigger", driver("P0001")],
    ["a failed check", driver("23514")],
    ["a failed check in a raw query", raw("23514")],
    ["a bug", new TypeError("x is not a function")],
    ["something thrown that is no error", "text"],
  ])("%s", async (_name, cause) => {
    await expect(transact(failing(cause), async () => 1)).rejects.toBe(cause);
    await expect(read(() => Promise.reject(cause))).rejects.toBe(cause);
  });
});

describe("a deadlock or a failed serialization", () => {
  const conflicts = [
    ["P2034", known("P2034")],
    ["40P01", driver("40P01")],
    ["40P01 in a raw query", raw("40P01")],
    ["40001", driver("40001")],
  ] as const;

  test.each(conflicts)("%s is tried again until it works", async (_name, conflict) => {
    const db = failing(conflict, 2);
    expect(await transact(db, async () => "done")).toBe("done");
    expect(db.calls).toBe(3);
  });

  test.each(conflicts)("%s is given up after three tries", async (_name, conflict) => {
    const db = failing(conflict);
    await expect(transact(db, async () => "done")).rejects.toBe(conflict);
    expect(db.calls).toBe(3);
  });
});

test("nothing else is tried again", async () => {
  const db = failing(known("P1001"));
  await expect(transact(db, async () => 1)).rejects.toMatchObject({ code: "database_unavailable" });
  expect(db.calls).toBe(1);
});

test("a unique violation is recognized by its code alone", () => {
  expect(isUniqueViolation(known("P2002"))).toBe(true);
  expect(isUniqueViolation(known("P2025"))).toBe(false);
  expect(isUniqueViolation(new Error("Unique constraint failed"))).toBe(false);
});

/** A database whose transactions fail with `cause` the first `times` times. */
function failing(cause: unknown, times = Number.POSITIVE_INFINITY): Database & { calls: number } {
  const db = {
    calls: 0,
    prisma: {
      async $transaction(work: (tx: unknown) => Promise<unknown>) {
        db.calls += 1;
        if (db.calls <= times) throw cause;
        return work({});
      },
    },
  };
  return asDatabase(db);
}

/** `transact` uses nothing of a database but `prisma.$transaction`. */
function asDatabase<T>(db: T): Database & T {
  return db as unknown as Database & T;
}
