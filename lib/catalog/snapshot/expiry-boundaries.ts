import type { CatalogRecords } from "@/lib/catalog/views/records";
import { entryStateAt } from "@/lib/marketplace/rows/entry-facts";

/** The instants nearest to `now` at which an entry expires. */
export type ExpiryBoundaries = {
  /** The last one that has passed without being recorded yet. */
  last: Date | undefined;
  next: Date | undefined;
};

export function expiryBoundaries(
  { extensions }: Pick<CatalogRecords, "extensions">,
  now: Date,
): ExpiryBoundaries {
  const turns: ExpiryBoundaries = { last: undefined, next: undefined };
  for (const { entry } of extensions.values()) {
    const { expiresAt } = entry;
    if (entry.state !== "active" || expiresAt === null) continue;
    if (entryStateAt(entry, now) === "active") {
      if (turns.next === undefined || expiresAt < turns.next) turns.next = expiresAt;
    } else if (turns.last === undefined || expiresAt > turns.last) turns.last = expiresAt;
  }
  return turns;
}
