import { waitForListingEvents } from "@/lib/marketplace/publishing/listing-lock";
import type { Database } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";

export type EventTime = { sequence: bigint; at: Date };

/** The events after `sequence` in order, and the database's time: no further event will lie before it. */
export function readEventTimes(db: Database, sequence: bigint): Promise<{ now: Date; events: EventTime[] }> {
  return transact(db, async (tx) => {
    await waitForListingEvents(tx);
    const [row] = await tx.$queryRaw<{ now: Date }[]>`
      SELECT date_trunc('milliseconds', clock_timestamp()) AS now`;
    if (!row) throw new Error("the database returned no time");
    const events = await tx.$queryRaw<EventTime[]>`
      SELECT sequence, at FROM "ListingEvent" WHERE sequence > ${sequence} ORDER BY sequence`;
    return { now: row.now, events };
  });
}
