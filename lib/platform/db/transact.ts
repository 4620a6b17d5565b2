/** Runs writes as transactions and translates database errors. */

import type { Database, Tx } from "@/lib/platform/db/database";
import { AppError, isAppError } from "@/lib/platform/errors";
import { Prisma } from "@/lib/platform/prisma/client";

const ATTEMPTS_MAX = 3;

/**
 * Runs `work` in one READ COMMITTED transaction: all or nothing is committed. Deadlocks are retried, so `work` must do
 * nothing but database calls on `tx`. An unreachable database becomes `database_unavailable`.
 */
export async function transact<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.prisma.$transaction(work);
    } catch (error) {
      if (attempt < ATTEMPTS_MAX && isDeadlock(error)) continue;
      throw translated(error);
    }
  }
}

/** Runs a read outside a transaction, with the same error translation. */
export async function read<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translated(error);
  }
}

export function isUniqueViolation(error: unknown): boolean {
  return prismaCode(error) === "P2002";
}

function isDeadlock(error: unknown): boolean {
  const state = sqlState(error);
  return prismaCode(error) === "P2034" || state === "40P01" || state === "40001";
}

/** Prisma: P1xxx = no connection, P2024 = pool exhausted, P2028 = transaction could not start in time. */
const UNAVAILABLE_CODES = new Set([
  "P1000",
  "P1001",
  "P1002",
  "P1003",
  "P1008",
  "P1010",
  "P1011",
  "P1017",
  "P2024",
  "P2028",
  "P2037",
]);

/** The adapter's names for a failed socket, for which there is no SQLSTATE. */
const UNAVAILABLE_KINDS = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TlsConnectionError",
]);

/** Class 08 = connection, 57P0x = shutting down, 53xxx = out of resources, 25006 = read-only. */
const UNAVAILABLE_STATES = /^(08|57P0|53|25006)/;
const NETWORK_CODES = /ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN/;
const LOST_CONNECTION =
  /connection terminated|timeout exceeded when trying to connect|can't reach database|server has closed|client has encountered a connection error/i;

/** 22021: a NUL in a text; 22P05: one in JSON. Only user input can contain one. */
const UNSTORABLE_STATES = new Set(["22021", "22P05"]);

function translated(error: unknown): unknown {
  if (isAppError(error)) return error;
  if (UNSTORABLE_STATES.has(sqlState(error) ?? "")) {
    return new AppError("invalid_input", "The text contains the character U+0000, which cannot be stored.", {
      suggestion: "Remove it.",
      cause: error,
    });
  }
  if (!isUnavailable(error)) return error;
  return new AppError("database_unavailable", "The database is unavailable, so nothing was saved.", {
    suggestion: "Try again in a few seconds. Reading the public catalog still works.",
    retryable: true,
    retryAfterSeconds: 5,
    cause: error,
  });
}

function isUnavailable(error: unknown): boolean {
  const code = prismaCode(error);
  if (code !== undefined && UNAVAILABLE_CODES.has(code)) return true;
  const state = sqlState(error);
  if (state !== undefined && (UNAVAILABLE_STATES.test(state) || NETWORK_CODES.test(state))) return true;
  if (UNAVAILABLE_KINDS.has(driverKind(error) ?? "")) return true;
  return error instanceof Error && (LOST_CONNECTION.test(error.message) || NETWORK_CODES.test(error.message));
}

function prismaCode(error: unknown): string | undefined {
  if (error instanceof Prisma.PrismaClientKnownRequestError) return error.code;
  if (error instanceof Prisma.PrismaClientInitializationError) return error.errorCode ?? "P1001";
  return undefined;
}

/**
 * The SQLSTATE (or Node's network code) of a driver error or one of its causes. For raw queries, and for states without
 * a Prisma code of their own (P2010, P2039), the driver error is in `meta`.
 */
function sqlState(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if (error instanceof Prisma.PrismaClientKnownRequestError) return sqlState(driverError(error));
  if ("originalCode" in error && typeof error.originalCode === "string") return error.originalCode;
  if ("code" in error && typeof error.code === "string") return error.code;
  return "cause" in error ? sqlState(error.cause) : undefined;
}

function driverError(error: Prisma.PrismaClientKnownRequestError): unknown {
  return error.meta?.driverAdapterError;
}

function driverKind(error: unknown): string | undefined {
  const failed = error instanceof Prisma.PrismaClientKnownRequestError ? driverError(error) : error;
  const cause = failed instanceof Error ? failed.cause : undefined;
  const isKind = typeof cause === "object" && cause !== null && "kind" in cause;
  return isKind && typeof cause.kind === "string" ? cause.kind : undefined;
}
