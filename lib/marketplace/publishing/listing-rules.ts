/** Keeps the allow-list's history true when Gantry itself changes: the same catalog can then have other items. */

import type { Services } from "@/lib/journal/context";
import { changeRules } from "@/lib/marketplace/publishing/rules-change";
import { read } from "@/lib/platform/db/transact";

/**
 * Version of the rules that make an extension's item from its versions (`allowListItem`). Raise it with any change after
 * which the same catalog has other items.
 */
export const LISTING_RULES = 1;

/** Records the items that differ under the current rules, once: at the first start after an upgrade. */
export async function followListingRules(services: Pick<Services, "db" | "clock">): Promise<void> {
  const { prisma } = services.db;
  const { listingRules } = await read(() =>
    prisma.catalogRevision.findUniqueOrThrow({ where: { id: 1 }, select: { listingRules: true } }),
  );
  if (listingRules >= LISTING_RULES) return;
  await changeRules(services, { cause: "upgrade", rulesAfter: (rules) => rules }, async (tx, publish) => {
    if ((await tx.entry.count()) > 0) await publish();
    await tx.catalogRevision.update({ where: { id: 1 }, data: { listingRules: LISTING_RULES } });
  });
}
