import type { EventTimes } from "@/lib/marketplace/history/event-times";
import { type AllowListItem, allowListItemSchema } from "@/lib/marketplace/publishing/allow-list-item";
import type { Database } from "@/lib/platform/db/database";
import { read } from "@/lib/platform/db/transact";
import { lruCache } from "@/lib/platform/lru-cache";

const LIST_BYTES_MAX = 16 * 1024 * 1024;
/** The items themselves are shared between lists. */
const BYTES_PER_ITEM = 16;
const ITEMS_MAX = 50_000;
const BASES_MAX = 500;
const EVENTS_BETWEEN_MAX = 500;

type ListingRow = { sequence: bigint; repository: string; item: unknown };

/** What the last event of each repository said, by the time of the last event of all. */
export class PastLists {
  private readonly known = lruCache<string, readonly AllowListItem[]>({
    maxSize: LIST_BYTES_MAX,
    sizeOf: ({ length }) => (length + 10) * BYTES_PER_ITEM,
  });
  private readonly loading = new Map<number, Promise<readonly AllowListItem[]>>();
  /** By event, so that each is parsed once and lists share it. */
  private readonly items = lruCache<bigint, AllowListItem>({ maxSize: ITEMS_MAX });
  /** The times of lists read lately, from which others nearby are made. */
  private readonly bases = lruCache<number, true>({ maxSize: BASES_MAX });

  constructor(
    private readonly db: Database,
    private readonly events: EventTimes,
  ) {}

  async find(
    lastMs: number,
    inTurn: (load: () => Promise<readonly AllowListItem[]>) => Promise<readonly AllowListItem[]>,
  ): Promise<readonly AllowListItem[]> {
    const known = this.known.get(String(lastMs));
    if (known !== undefined) return known;
    return inTurn(async () => this.known.get(String(lastMs)) ?? this.loadOnce(lastMs));
  }

  private loadOnce(lastMs: number): Promise<readonly AllowListItem[]> {
    const running = this.loading.get(lastMs) ?? this.load(lastMs).finally(() => this.loading.delete(lastMs));
    this.loading.set(lastMs, running);
    return running;
  }

  private async load(lastMs: number): Promise<readonly AllowListItem[]> {
    const base = this.nearestBase(lastMs);
    const rows = await read(() => this.eventsSince(base?.lastMs, lastMs));
    const byRepository = new Map((base?.items ?? []).map((item) => [item.repository, item]));
    for (const { sequence, repository, item } of rows) {
      if (item === null) byRepository.delete(repository);
      else byRepository.set(repository, this.itemOf(sequence, item));
    }
    const items = [...byRepository.values()].sort((a, b) => (a.repository < b.repository ? -1 : 1));
    this.known.set(String(lastMs), items);
    this.bases.set(lastMs, true);
    return items;
  }

  /** The newest known list before this one that few events lie behind. */
  private nearestBase(lastMs: number): { lastMs: number; items: readonly AllowListItem[] } | undefined {
    let nearest = Number.NEGATIVE_INFINITY;
    for (const time of this.bases.keys()) if (time < lastMs && time > nearest) nearest = time;
    const items = this.known.get(String(nearest));
    const between = this.events.countUntil(lastMs) - this.events.countUntil(nearest);
    return items === undefined || between > EVENTS_BETWEEN_MAX ? undefined : { lastMs: nearest, items };
  }

  private eventsSince(sinceMs: number | undefined, untilMs: number): Promise<ListingRow[]> {
    const until = new Date(untilMs);
    if (sinceMs === undefined) {
      return this.db.prisma.$queryRaw<ListingRow[]>`
        SELECT DISTINCT ON (repository) sequence, repository, item FROM "ListingEvent"
        WHERE at <= ${until} ORDER BY repository, at DESC`;
    }
    return this.db.prisma.$queryRaw<ListingRow[]>`
      SELECT sequence, repository, item FROM "ListingEvent"
      WHERE at > ${new Date(sinceMs)} AND at <= ${until} ORDER BY at`;
  }

  private itemOf(sequence: bigint, value: unknown): AllowListItem {
    const known = this.items.get(sequence);
    if (known !== undefined) return known;
    const item = allowListItemSchema.parse(value);
    this.items.set(sequence, item);
    return item;
  }
}
