/** The allow-list as it stood at a past instant. The answer for an instant never changes. */

import { historyOf, type ListAt } from "@/lib/marketplace/history/allow-list-history";
import type { Database } from "@/lib/platform/db/database";
import { AppError } from "@/lib/platform/errors";
import type { Turn } from "@/lib/platform/fair-queue";

/**
 * The list at `at`, an RFC 3339 text; empty before the first event. Events happen at whole milliseconds, so that what is
 * finer changes nothing. Throws `instant_in_future` by the database's clock, and `busy`.
 */
export async function allowListAt(
  db: Database,
  at: string,
  turn: Turn,
  otherwise = "Omit `at` for the current list.",
): Promise<ListAt> {
  const history = historyOf(db);
  const list = await history.at(Date.parse(at), turn);
  if (list !== undefined) return list;
  throw new AppError(
    "instant_in_future",
    `${at} is in the future, and the allow-list can change until then.`,
    {
      suggestion: "Choose a time in the past.",
      apiHint: `Send an instant in the past. ${otherwise}`.trim(),
      details: { now: history.lastNow().toISOString() },
    },
  );
}
