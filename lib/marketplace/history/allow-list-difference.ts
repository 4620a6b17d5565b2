/** What changed on the allow-list between two instants of the past. The answer for two instants never changes. */

import { allowListAt } from "@/lib/marketplace/history/allow-list-at";
import { historyOf } from "@/lib/marketplace/history/allow-list-history";
import type { AllowListItem } from "@/lib/marketplace/publishing/allow-list-item";
import type { Database } from "@/lib/platform/db/database";
import { read } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import type { Turn } from "@/lib/platform/fair-queue";

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
 * `from` and `to` are RFC 3339 texts; `to` is now by default. What appeared and
 * disappeared in between is not a difference. Throws `invalid_input` when `from` lies after `to`, and
 * `instant_in_future`.
 */
export async function allowListDifference(
  db: Database,
  { from, to }: { from: string; to?: string | undefined },
  turn: Turn,
): Promise<AllowListDifference> {
  const until = to ?? (await historyOf(db).now()).toISOString();
  const before = await allowListAt(db, from, turn, "");
  const after = await allowListAt(db, until, turn, "Omit `to` to compare with the current list.");
  if (Date.parse(from) > Date.parse(until)) throw backwards(from, until);
  const changes = changesBetween(before.items, after.items);
  const causes =
    changes.length === 0
      ? new Map<string, ListingCause[]>()
      : await historyOf(db).run(turn, () => causesOf(db, changes, from, until));
  const told = changes.map((change) => ({
    ...change,
    causes: [...(causes.get(change.repository) ?? []), ...expiry(change, after.expired)],
  }));
  return { from, to: until, changes: told };
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
  db: Database,
  changes: readonly { repository: string }[],
  from: string,
  to: string,
): Promise<Map<string, ListingCause[]>> {
  const repositories = changes.map(({ repository }) => repository);
  const rows = await read(
    () => db.prisma.$queryRaw<({ repository: string } & ListingCause)[]>`
    SELECT repository, at, cause FROM (
      SELECT repository, at, cause, row_number() OVER (PARTITION BY repository ORDER BY at DESC) AS newest
      FROM "ListingEvent"
      WHERE repository = ANY(${repositories}::text[])
        AND at > ${from}::timestamptz AND at <= ${to}::timestamptz
    ) events
    WHERE newest <= ${CAUSES_PER_REPOSITORY}
    ORDER BY at`,
  );
  const causes = new Map<string, ListingCause[]>();
  for (const { repository, at, cause } of rows) {
    causes.set(repository, [...(causes.get(repository) ?? []), { at, cause }]);
  }
  return causes;
}

/** Time takes an entry off the list at once; its event is written when the worker comes by. */
function expiry(
  { repository, after }: Omit<ListingChange, "causes">,
  expired: readonly AllowListItem[],
): ListingCause[] {
  if (after !== null) return [];
  const at = expired.find((item) => item.repository === repository)?.expiresAt ?? null;
  return at === null ? [] : [{ at: new Date(at), cause: "expire" }];
}

function backwards(from: string, to: string): AppError {
  return new AppError("invalid_input", `${from} lies after ${to}.`, {
    suggestion: "Swap the two times: the earlier one comes first.",
    apiHint: "Send the earlier instant as `from`.",
  });
}
