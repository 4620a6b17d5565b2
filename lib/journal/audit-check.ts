/** Verifies the audit chain: every row against its hash and the previous row, and the chain against its checkpoints. */

import { type AuditCheckpoint, isSigned } from "@/lib/journal/audit-checkpoints";
import { GENESIS_HASH, hashOf } from "@/lib/journal/audit-hash";
import type { AuditKeys } from "@/lib/journal/audit-keys";
import type { Services } from "@/lib/journal/context";
import type { AuditEvent } from "@/lib/platform/prisma/client";

export const CHAIN_PROBLEMS = [
  /** Rows before this one are missing. */
  "missing_rows",
  /** The row does not contain the hash of the previous row. */
  "broken_link",
  /** The row's content does not match its hash. */
  "changed_row",
  /** The row or checkpoint was sealed with a key that this process does not have. */
  "unknown_key",
  /** A row without a seal after sealed rows. */
  "unsealed_row",
  /** The row's hash differs from a checkpoint's. */
  "rewritten_since_checkpoint",
  /** A checkpoint is beyond the end of the chain. */
  "cut_off",
  /** The signature of a checkpoint is invalid. */
  "forged_checkpoint",
] as const;

export type ChainProblem = (typeof CHAIN_PROBLEMS)[number];

/** `rows`: the number of rows that this call verified. */
export type ChainCheck =
  | {
      ok: true;
      rows: number;
      /** Hash of the last row that was read. */
      head: string;
      /** Pass it as `after` to continue; null at the end of the chain. */
      next: string | null;
      checkpoint: { sequence: string; at: string } | null;
    }
  | { ok: false; rows: number; brokenAt: string; problem: ChainProblem; keyId?: string };

type Link = { sequence: bigint; hash: string; keyId: string | null };

const START: Link = { sequence: 0n, hash: GENESIS_HASH, keyId: null };
const PAGE_ROWS = 1_000;
/** The maximum number of rows that one call reads. */
const ROWS_MAX = 10_000;

/**
 * Checks at most 10,000 rows after the one with sequence `after` (0 = from the beginning). `brokenAt` is the sequence
 * of the first row or checkpoint that is invalid.
 */
export async function checkAuditChain(
  { db, audit }: Pick<Services, "db" | "audit">,
  after = 0n,
): Promise<ChainCheck> {
  const checkpoints = await audit.checkpoints.list();
  const forged = checkpoints.find((checkpoint) => !isSigned(checkpoint, audit.keys));
  if (forged) return unsignedCheckpoint(forged, audit.keys);
  const sealed = new Map(checkpoints.map(({ sequence, hash }) => [BigInt(sequence), hash]));
  const from = after === 0n ? START : await db.prisma.auditEvent.findUnique({ where: { sequence: after } });
  if (from === null) return { ok: false, rows: 0, brokenAt: String(after), problem: "missing_rows" };
  let last: Link = from;
  let rows = 0;
  while (rows < ROWS_MAX) {
    const page = await db.prisma.auditEvent.findMany({
      where: { sequence: { gt: last.sequence } },
      orderBy: { sequence: "asc" },
      take: PAGE_ROWS,
    });
    for (const row of page) {
      const problem = problemOf(row, last, audit.keys, sealed);
      if (problem !== undefined) return { ok: false, rows, brokenAt: String(row.sequence), ...problem };
      last = row;
      rows += 1;
    }
    if (page.length < PAGE_ROWS) return ended(last, rows, checkpoints);
  }
  return { ok: true, rows, head: last.hash, next: String(last.sequence), checkpoint: newest(checkpoints) };
}

function problemOf(
  row: AuditEvent,
  last: Link,
  keys: AuditKeys,
  sealed: ReadonlyMap<bigint, string>,
): { problem: ChainProblem; keyId?: string } | undefined {
  if (row.sequence !== last.sequence + 1n) return { problem: "missing_rows" };
  if (row.keyId === null && last.keyId !== null) return { problem: "unsealed_row" };
  if (row.keyId !== null && keys.find(row.keyId) === undefined)
    return { problem: "unknown_key", keyId: row.keyId };
  if (row.hash !== hashOf(row, keys)) return { problem: "changed_row" };
  if (row.previousHash !== last.hash) return { problem: "broken_link" };
  const noted = sealed.get(row.sequence);
  return noted === undefined || noted === row.hash ? undefined : { problem: "rewritten_since_checkpoint" };
}

function ended(last: Link, rows: number, checkpoints: readonly AuditCheckpoint[]): ChainCheck {
  const beyond = checkpoints.find(({ sequence }) => BigInt(sequence) > last.sequence);
  if (beyond) return { ok: false, rows, brokenAt: beyond.sequence, problem: "cut_off" };
  return { ok: true, rows, head: last.hash, next: null, checkpoint: newest(checkpoints) };
}

function unsignedCheckpoint({ sequence, keyId }: AuditCheckpoint, keys: AuditKeys): ChainCheck {
  const known = keys.find(keyId) !== undefined;
  const problem = known || keyId === "" ? "forged_checkpoint" : "unknown_key";
  return { ok: false, rows: 0, brokenAt: sequence, problem, ...(known ? {} : { keyId }) };
}

function newest(checkpoints: readonly AuditCheckpoint[]): { sequence: string; at: string } | null {
  const last = checkpoints.at(-1);
  return last === undefined ? null : { sequence: last.sequence, at: last.at };
}
