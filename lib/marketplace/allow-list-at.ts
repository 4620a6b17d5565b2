/** The allow-list as it stood at a past instant. The answer for an instant never changes. */

import { type AllowListItem, allowListItemSchema } from "@/lib/marketplace/allow-list-item";
import { waitForListingEvents } from "@/lib/marketplace/listing-lock";
import type { Database, Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";

/**
 * The items in force at `at`, an RFC 3339 text (kept as text because the database counts microseconds and a Date
 * does not), sorted by repository; none before the first event. Throws `instant_in_future` by the database's clock.
 */
export async function allowListAt(db: Database, at: string): Promise<AllowListItem[]> {
  const stored = await transact(db, async (tx) => {
    await waitForListingEvents(tx);
    await refuseFuture(tx, at);
    return lastItems(tx, at);
  });
  const items = stored.map(({ item }) => allowListItemSchema.parse(item));
  return items.sort((a, b) => (a.repository < b.repository ? -1 : 1));
}

async function refuseFuture(tx: Tx, at: string): Promise<void> {
  const [row] = await tx.$queryRaw<{ future: boolean; now: Date }[]>`
    SELECT ${at}::timestamptz > clock_timestamp() AS future, clock_timestamp() AS now`;
  if (row?.future !== true) return;
  throw new AppError(
    "instant_in_future",
    `${at} has not come yet, so nobody knows what will be allowed then.`,
    {
      suggestion: "Ask for an instant in the past, or leave `at` out for the list in force now.",
      details: { now: row.now.toISOString() },
    },
  );
}

function lastItems(tx: Tx, at: string): Promise<{ item: unknown }[]> {
  return tx.$queryRaw<{ item: unknown }[]>`
    SELECT last.item FROM (
      SELECT DISTINCT ON (repository) item FROM "ListingEvent"
      WHERE at <= ${at}::timestamptz
      ORDER BY repository, at DESC
    ) last
    WHERE jsonb_typeof(last.item) = 'object'
      AND coalesce((last.item->>'expiresAt')::timestamptz > ${at}::timestamptz, true)`;
}
