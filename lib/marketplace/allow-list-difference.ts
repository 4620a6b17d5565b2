/** What changed on the allow-list between two instants of the past. The answer for two instants never changes. */

import { type ItemAt, inForce, lastItems, refuseFuture } from "@/lib/marketplace/allow-list-at";
import type { AllowListItem } from "@/lib/marketplace/allow-list-item";
import { waitForListingEvents } from "@/lib/marketplace/listing-lock";
import type { Database, Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";

/** Why the list changed: `cause` is what was done (`approve`, `scan`, `suspend`, …), or `expire` where time did it. */
export type ListingCause = { at: Date; cause: string };

/** `before` is null for what came onto the list, `after` for what left it; never both. */
export type ListingChange = {
  repository: string;
  before: AllowListItem | null;
  after: AllowListItem | null;
  /** What differs between both; empty where one of them is null. */
  fields: (keyof AllowListItem)[];
  /** In order, the newest of them last; the oldest are left out where there are very many. */
  causes: ListingCause[];
};

export type AllowListDifference = {
  /** As asked for; RFC 3339. */
  from: string;
  to: string;
  /** By repository. */
  changes: ListingChange[];
};

const CAUSES_PER_REPOSITORY = 20;

/**
 * `from` and `to` are RFC 3339 texts, since the database counts microseconds and a Date does not; `to` is now by
 * default. Something that came and went in between is no difference. Throws `invalid_input` when `from` lies after
 * `to`, and `instant_in_future`.
 */
export async function allowListDifference(
  db: Database,
  { from, to }: { from: string; to?: string | undefined },
): Promise<AllowListDifference> {
  return transact(db, async (tx) => {
    await waitForListingEvents(tx);
    const until = to ?? (await databaseNow(tx));
    await refuseFuture(tx, from, "");
    await refuseFuture(tx, until, " Leave `to` out to compare with now.");
    await refuseBackwards(tx, from, until);
    const [before, after] = [await lastItems(tx, from), await lastItems(tx, until)];
    const changes = changesBetween(inForce(before), inForce(after));
    const causes = await causesOf(tx, changes, from, until);
    const told = changes.map((change) => ({
      ...change,
      causes: [...(causes.get(change.repository) ?? []), ...expiry(change, after)],
    }));
    return { from, to: until, changes: told };
  });
}

/** Compares what is in force before and after; both sorted or not. */
function changesBetween(
  before: readonly AllowListItem[],
  after: readonly AllowListItem[],
): Omit<ListingChange, "causes">[] {
  const [old, now] = [byRepository(before), byRepository(after)];
  const repositories = [...new Set([...old.keys(), ...now.keys()])].sort((a, b) => (a < b ? -1 : 1));
  return repositories.flatMap((repository) => {
    const change = { before: old.get(repository) ?? null, after: now.get(repository) ?? null };
    const fields = differingFields(change.before, change.after);
    const stays = change.before !== null && change.after !== null;
    return stays && fields.length === 0 ? [] : [{ repository, ...change, fields }];
  });
}

function byRepository(items: readonly AllowListItem[]): Map<string, AllowListItem> {
  return new Map(items.map((item) => [item.repository, item]));
}

const FIELDS = [
  "track",
  "range",
  "state",
  "tag",
  "version",
  "digest",
  "reference",
  "since",
  "expiresAt",
] as const;

function differingFields(before: AllowListItem | null, after: AllowListItem | null): (keyof AllowListItem)[] {
  if (before === null || after === null) return [];
  return FIELDS.filter((field) => before[field] !== after[field]);
}

async function causesOf(
  tx: Tx,
  changes: readonly { repository: string }[],
  from: string,
  to: string,
): Promise<Map<string, ListingCause[]>> {
  const repositories = changes.map(({ repository }) => repository);
  const rows = await tx.$queryRaw<({ repository: string } & ListingCause)[]>`
    SELECT repository, at, cause FROM (
      SELECT repository, at, cause, row_number() OVER (PARTITION BY repository ORDER BY at DESC) AS newest
      FROM "ListingEvent"
      WHERE repository = ANY(${repositories}::text[])
        AND at > ${from}::timestamptz AND at <= ${to}::timestamptz
    ) events
    WHERE newest <= ${CAUSES_PER_REPOSITORY}
    ORDER BY at`;
  const causes = new Map<string, ListingCause[]>();
  for (const { repository, at, cause } of rows) {
    causes.set(repository, [...(causes.get(repository) ?? []), { at, cause }]);
  }
  return causes;
}

/** Time takes an entry off the list at once; its event is written when the worker comes by. */
function expiry(
  { repository, after }: Omit<ListingChange, "causes">,
  last: readonly ItemAt[],
): ListingCause[] {
  if (after !== null) return [];
  const ended = last.find(({ item, expired }) => expired && item.repository === repository);
  const at = ended?.item.expiresAt ?? null;
  return at === null ? [] : [{ at: new Date(at), cause: "expire" }];
}

async function databaseNow(tx: Tx): Promise<string> {
  const [row] = await tx.$queryRaw<{ now: string }[]>`
    SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS now`;
  if (!row) throw new Error("the database told no time");
  return row.now;
}

async function refuseBackwards(tx: Tx, from: string, to: string): Promise<void> {
  const [row] = await tx.$queryRaw<{ backwards: boolean }[]>`
    SELECT ${from}::timestamptz > ${to}::timestamptz AS backwards`;
  if (row?.backwards !== true) return;
  throw new AppError("invalid_input", `${from} lies after ${to}.`, {
    suggestion: "Give the earlier instant as `from`.",
  });
}
