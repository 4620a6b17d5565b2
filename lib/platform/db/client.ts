import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { withUndefinedWhereGuard } from "@/lib/platform/db/undefined-where-guard";
import { PrismaClient } from "@/lib/platform/prisma/client";

const MAX_WAIT_MS = 10_000;
const TRANSACTION_TIMEOUT_MS = 15_000;

export function createClient(pool: pg.Pool): PrismaClient {
  const client = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: {
      maxWait: MAX_WAIT_MS,
      timeout: TRANSACTION_TIMEOUT_MS,
      isolationLevel: "ReadCommitted",
    },
  });
  return withUndefinedWhereGuard(client);
}
