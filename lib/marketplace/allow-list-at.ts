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
    await refuseFuture(tx, at, " Leave `at` out for the list in force now.");
    return lastItems(tx, at);
  });
  return inForce(stored);
}

/** What the last event about a repository says. `expired`: by the instant asked for, its time was over. */
export type ItemAt = { item: AllowListItem; expired: boolean };

/** In the caller's transaction, which has waited for events that are being written. */
export async function lastItems(tx: Tx, at: string): Promise<ItemAt[]> {
  const rows = await tx.$queryRaw<{ item: unknown; expired: boolean }[]>`
    SELECT last.item, coalesce((last.item->>'expiresAt')::timestamptz <= ${at}::timestamptz, false) AS expired
    FROM (
      SELECT DISTINCT ON (repository) item FROM "ListingEvent"
      WHERE at <= ${at}::timestamptz
      ORDER BY repository, at DESC
    ) last
    WHERE jsonb_typeof(last.item) = 'object'`;
  return rows.map(({ item, expired }) => ({ item: allowListItemSchema.parse(item), expired }));
}

/** Sorted by repository. */
export function inForce(items: readonly ItemAt[]): AllowListItem[] {
  return items
    .flatMap(({ item, expired }) => (expired ? [] : [item]))
    .sort((a, b) => (a.repository < b.repository ? -1 : 1));
}

/** Throws `instant_in_future` by the database's clock. */
export async function refuseFuture(tx: Tx, at: string, otherwise: string): Promise<void> {
  const [row] = await tx.$queryRaw<{ future: boolean; now: Date }[]>`
    SELECT ${at}::timestamptz > clock_timestamp() AS future, clock_timestamp() AS now`;
  if (row?.future !== true) return;
  throw new AppError(
    "instant_in_future",
    `${at} has not come yet, so nobody knows what will be allowed then.`,
    { suggestion: `Ask for an instant in the past.${otherwise}`, details: { now: row.now.toISOString() } },
  );
}
