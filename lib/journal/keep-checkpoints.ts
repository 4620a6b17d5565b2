import { isSigned, signCheckpoint } from "@/lib/journal/audit-checkpoints";
import { hashOf } from "@/lib/journal/audit-hash";
import type { Services } from "@/lib/journal/context";

const DAY_MS = 86_400_000;

export type CheckpointOutcome = "added" | "not_due" | "empty" | "refused";

/**
 * Adds the checkpoint of the day: the newest row, signed. `refused` when that row, or the row of the newest checkpoint,
 * is invalid, because a signature would vouch for a tampered chain.
 */
export async function keepCheckpoints({
  db,
  clock,
  audit,
}: Pick<Services, "db" | "clock" | "audit">): Promise<CheckpointOutcome> {
  const previous = (await audit.checkpoints.list()).at(-1);
  const now = clock.now();
  // A checkpoint from the future counts as old, so that setting the clock back delays nothing.
  const ageMs = previous ? now.getTime() - Date.parse(previous.at) : DAY_MS;
  if (ageMs >= 0 && ageMs < DAY_MS) return "not_due";
  const head = await db.prisma.auditEvent.findFirst({ orderBy: { sequence: "desc" } });
  if (head === null) return previous === undefined ? "empty" : "refused";
  if (head.hash !== hashOf(head, audit.keys)) return "refused";
  if (previous) {
    const row = await db.prisma.auditEvent.findUnique({ where: { sequence: BigInt(previous.sequence) } });
    if (!isSigned(previous, audit.keys) || row?.hash !== previous.hash) return "refused";
  }
  await audit.checkpoints.add(signCheckpoint(head, now, audit.keys));
  return "added";
}
