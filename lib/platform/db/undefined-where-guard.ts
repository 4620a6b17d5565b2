import { AppError } from "@/lib/platform/errors";
import type { PrismaClient } from "@/lib/platform/prisma/client";

/**
 * Wraps the client so that it rejects conditions containing `undefined`. Prisma omits those, so a query meant to match
 * no rows would read, change or delete all of them.
 */
export function withUndefinedWhereGuard(client: PrismaClient): PrismaClient {
  const guarded = client.$extends({
    query: {
      $allModels: {
        $allOperations({ model, operation, args, query }) {
          const where: unknown = "where" in args ? args.where : undefined;
          const hole = holeIn(where, "where");
          if (hole === undefined) return query(args);
          throw new AppError(
            "internal",
            `${model}.${operation} was given a condition without a value: ${hole}.`,
            { suggestion: "Report it with this request's log entries. Nothing was read or changed." },
          );
        },
      },
    },
  });
  return asClient(guarded);
}

/** The path of the first `undefined` inside a condition; a condition that is absent altogether is intended. */
function holeIn(value: unknown, path: string): string | undefined {
  if (!isPlain(value)) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (inner === undefined) return `${path}.${key}`;
    const hole = holeIn(inner, `${path}.${key}`);
    if (hole !== undefined) return hole;
  }
  return undefined;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

/** An extension that only intercepts queries leaves the types of all operations unchanged. */
function asClient(guarded: unknown): PrismaClient {
  return guarded as PrismaClient;
}
