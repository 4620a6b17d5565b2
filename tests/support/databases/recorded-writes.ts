/** What each transaction of the core operations wrote, seen from inside it. */

import type { Tx } from "@/lib/platform/db/database";
import type { transact } from "@/lib/platform/db/transact";

const OPERATION = /(lib\/(?:identity|marketplace)\/[^:)]+\.ts)/;

export type RecordedWrite = {
  /** The module that opened the transaction, from the top of the checkout. */
  module: string;
  /** False when the transaction changed and locked nothing. */
  wrote: boolean;
  /** Actions of its audit rows, and kinds of its outbox messages, in their order. */
  audit: string[];
  outbox: string[];
};

/** Committed transactions, oldest first. */
export const recordedWrites: RecordedWrite[] = [];

/** Stands in for `transact`: runs it, and notes what was written. */
export function recording(original: typeof transact): typeof transact {
  return async (db, work) => {
    const module = callingModule(new Error().stack ?? "");
    const { value, written } = await original(db, async (tx) => {
      const value = await work(tx);
      return { value, written: await writtenBy(tx) };
    });
    recordedWrites.push({ module, ...written });
    return value;
  };
}

async function writtenBy(tx: Tx): Promise<Omit<RecordedWrite, "module">> {
  const [state] = await tx.$queryRaw<{ wrote: boolean }[]>`
    SELECT pg_current_xact_id_if_assigned() IS NOT NULL AS wrote`;
  if (!state?.wrote) return { wrote: false, audit: [], outbox: [] };
  const audit = await tx.$queryRaw<{ action: string }[]>`
    SELECT "action" FROM "AuditEvent" WHERE xmin = pg_current_xact_id()::xid ORDER BY "sequence"`;
  const outbox = await tx.$queryRaw<{ kind: string }[]>`
    SELECT "kind" FROM "OutboxMessage" WHERE xmin = pg_current_xact_id()::xid ORDER BY "id"`;
  return { wrote: true, audit: audit.map(({ action }) => action), outbox: outbox.map(({ kind }) => kind) };
}

function callingModule(stack: string): string {
  const [, module] = OPERATION.exec(stack) ?? [];
  if (module === undefined) throw new Error(`no operation opened this transaction:\n${stack}`);
  return module;
}
