import { type ListQuery, listExtensions } from "@/lib/catalog/queries/list";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";

export type Filter = "q" | "category" | "publisher" | "capability" | "platform" | "offeredOnly";

const FILTERS: readonly Filter[] = ["q", "category", "publisher", "capability", "platform", "offeredOnly"];

/** For a list without results: the number of results without each of its filters, most first. */
export function resultsWithout(snapshot: Snapshot, query: ListQuery): { filter: Filter; total: number }[] {
  return FILTERS.filter((filter) => query[filter] !== undefined && query[filter] !== false)
    .map((filter) => {
      const { total } = listExtensions(snapshot, {
        ...query,
        [filter]: undefined,
        cursor: undefined,
        limit: 1,
      });
      return { filter, total };
    })
    .sort((a, b) => b.total - a.total);
}
