import { expect, test } from "vitest";
import { appendAudit } from "@/lib/journal/audit";
import { checkAuditChain } from "@/lib/journal/audit-check";
import { appendMessage } from "@/lib/journal/outbox";
import { transact } from "@/lib/platform/db/transact";
import { ENGINES, openTestDatabase } from "@/tests/support/databases/database";
import { scanner } from "@/tests/support/deciders";

/** More than there are connections, and few enough for the last one to get one in time. */
const AT_ONCE = 24;
const WAVES = 5;
/** Of those at once. */
const FAILING = 4;

test.each(ENGINES)(
  "on %s the audit chain has no gap and no fork after many writers at once, of whom some fail",
  async (engine) => {
    const { db, close } = await openTestDatabase(engine);
    const ctx = scanner(db);
    const write = (n: number) =>
      transact(db, async (tx) => {
        await appendMessage(tx, { kind: "test", payload: { n } });
        await appendAudit(tx, ctx, { action: "thing.change", subject: { kind: "thing", id: `${n}` } });
        if (n < FAILING) throw new Error("changed my mind");
      });
    for (let wave = 0; wave < WAVES; wave += 1) {
      const written = await Promise.allSettled(Array.from({ length: AT_ONCE }, (_, n) => write(n)));
      expect(written.filter(({ status }) => status === "rejected")).toHaveLength(FAILING);
    }
    const rows = await db.prisma.auditEvent.findMany({ orderBy: { sequence: "asc" } });
    expect(rows.map(({ sequence }) => Number(sequence))).toEqual(rows.map((_, at) => at + 1));
    const kept = WAVES * (AT_ONCE - FAILING);
    expect(await checkAuditChain(ctx)).toMatchObject({ ok: true, rows: kept });
    expect(await db.prisma.outboxMessage.count()).toBe(kept);
    await close();
  },
);
