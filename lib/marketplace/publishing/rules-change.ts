/**
 * A change of the rules for every extension: the policy, the Desktop releases. The listings of the whole catalog are
 * computed before the transaction (optimistic concurrency): inside, only extensions that changed since are computed again.
 */

import type { Services } from "@/lib/journal/context";
import { bumpCatalogRevision, lockCatalogRevision } from "@/lib/marketplace/publishing/catalog-revision";
import {
  appendListings,
  type CatalogRules,
  changedListings,
  type ExtensionWithListing,
  LISTING_PARTS,
  type Listing,
  listingOf,
  readRules,
} from "@/lib/marketplace/publishing/listing-history";
import type { Database, Tx } from "@/lib/platform/db/database";
import { read, transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import type { Prisma } from "@/lib/platform/prisma/client";

export type RulesChange = {
  /** Names the command in the allow-list's history. */
  cause: string;
  /** The rules as the change leaves them. */
  rulesAfter(rules: CatalogRules): CatalogRules;
};

type RuleServices = Pick<Services, "db" | "clock">;

const ATTEMPTS_MAX = 5;
const PAGE_ROWS = 200;
/** With more changed extensions the listings are computed again outside of the transaction. */
const CHANGED_MAX = 50;

/**
 * Runs `write` in a transaction. `write` calls `publish` after its change and before its audit row; that bumps the
 * catalog's revision, whose lock is held until the commit, and records the listings that change.
 */
export async function changeRules<T>(
  ctx: RuleServices,
  change: RulesChange,
  write: (tx: Tx, publish: () => Promise<void>) => Promise<T>,
): Promise<T> {
  let computed: ComputedListings | undefined;
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const current = await read(() => computeListings(ctx, change, computed));
    computed = current;
    try {
      return await transact(ctx.db, (tx) => write(tx, () => publishRules(tx, ctx, change, current)));
    } catch (error) {
      if (!(error instanceof OutdatedListings)) throw error;
    }
  }
  throw new AppError(
    "conflict",
    "The catalog is changing too often right now to apply this to every extension.",
    {
      suggestion: "Try again in a minute.",
      retryable: true,
    },
  );
}

/** Too much changed between the computation and the transaction. */
class OutdatedListings extends Error {}

type ComputedListings = {
  /** The catalog's revision when the computation began. */
  revision: bigint;
  wholeRevision: bigint;
  rules: CatalogRules;
  /** Only those that change, by repository. */
  changed: ReadonlyMap<string, Listing>;
};

/** With `earlier`, only extensions that changed since are computed, as long as the rules are the same. */
async function computeListings(
  ctx: RuleServices,
  { rulesAfter }: RulesChange,
  earlier: ComputedListings | undefined,
): Promise<ComputedListings> {
  const { prisma } = ctx.db;
  const { revision, wholeRevision } = await prisma.catalogRevision.findUniqueOrThrow({ where: { id: 1 } });
  const kept = earlier?.wholeRevision === wholeRevision ? earlier : undefined;
  const rules = kept?.rules ?? rulesAfter(await readRules(prisma));
  const which = kept ? { revision: { gt: kept.revision } } : { entry: { state: "active" as const } };
  let changed = kept?.changed ?? new Map<string, Listing>();
  for await (const page of pagesOf(ctx.db, which))
    changed = await withListings(prisma, ctx, rules, changed, page);
  return { revision, wholeRevision, rules, changed };
}

async function* pagesOf({ prisma }: Database, where: Prisma.ExtensionWhereInput) {
  let after: string | undefined;
  for (;;) {
    const page = await prisma.extension.findMany({
      where: { AND: [where, after === undefined ? {} : { id: { gt: after } }] },
      include: LISTING_PARTS,
      orderBy: { id: "asc" },
      take: PAGE_ROWS,
    });
    yield page;
    after = page.at(-1)?.id;
    if (page.length < PAGE_ROWS || after === undefined) return;
  }
}

/** `changed` with what it says of these extensions replaced. */
async function withListings(
  tx: Tx,
  { clock }: RuleServices,
  rules: CatalogRules,
  changed: ReadonlyMap<string, Listing>,
  extensions: readonly ExtensionWithListing[],
): Promise<ReadonlyMap<string, Listing>> {
  const listings = extensions.map((extension) => listingOf(extension, rules, clock.now()));
  const after = new Map(changed);
  for (const { repository } of listings) after.delete(repository);
  for (const listing of await changedListings(tx, listings)) after.set(listing.repository, listing);
  return after;
}

/** Every change of the catalog takes the revision's lock, so none can come between this check and the commit. */
async function publishRules(
  tx: Tx,
  ctx: RuleServices,
  { cause }: RulesChange,
  computed: ComputedListings,
): Promise<void> {
  const { wholeRevision } = await lockCatalogRevision(tx);
  if (wholeRevision !== computed.wholeRevision) throw new OutdatedListings();
  const later = await tx.extension.findMany({
    where: { revision: { gt: computed.revision } },
    include: LISTING_PARTS,
    take: CHANGED_MAX + 1,
  });
  if (later.length > CHANGED_MAX) throw new OutdatedListings();
  const changed = await withListings(tx, ctx, computed.rules, computed.changed, later);
  await bumpCatalogRevision(tx, "whole");
  await appendListings(tx, [...changed.values()], cause);
}
