import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { SHIPPED_REVISION, shippedReleases } from "@/lib/marketplace/desktop-releases/shipped-releases";
import {
  afterUpdate,
  type ShippedUpdate,
  shippedUpdate,
} from "@/lib/marketplace/desktop-releases/shipped-update";
import { lockCatalogRevision } from "@/lib/marketplace/publishing/catalog-revision";
import type { CatalogRules } from "@/lib/marketplace/publishing/listing-history";
import { changeRules } from "@/lib/marketplace/publishing/rules-change";
import { listDesktopReleases } from "@/lib/marketplace/rows/desktop-release-row";
import { readShippedTable, storeShippedTable } from "@/lib/marketplace/rows/shipped-table";
import type { Tx } from "@/lib/platform/db/database";
import { read } from "@/lib/platform/db/transact";

/**
 * Updates the rows of a former version's table that no admin has edited, after an upgrade of Gantry. Does nothing in a
 * database that has this table or a newer one.
 */
export async function updateShippedReleases(ctx: Context, shipped = shippedReleases()): Promise<void> {
  const known = await read(() => readShippedTable(ctx.db.prisma));
  if (known === undefined || known.revision >= SHIPPED_REVISION) return;
  const { releases: former } = known;
  const rulesAfter = (rules: CatalogRules): CatalogRules => {
    const update = shippedUpdate({ former, current: rules.releases, shipped });
    return { ...rules, releases: afterUpdate(rules.releases, update) };
  };
  await changeRules(ctx, { cause: "desktop-release", rulesAfter }, async (tx, publish) => {
    // Processes that start together take turns; the second one finds the work done.
    await lockCatalogRevision(tx);
    const last = await readShippedTable(tx);
    if (last === undefined || last.revision >= SHIPPED_REVISION) return;
    const current = await listDesktopReleases(tx);
    const update = shippedUpdate({ former: last.releases, current, shipped });
    await apply(tx, update);
    await storeShippedTable(tx, { revision: SHIPPED_REVISION, releases: shipped });
    await publish();
    await appendAudit(tx, ctx, {
      action: "desktopRelease.update",
      subject: { kind: "desktopRelease", id: `revision ${SHIPPED_REVISION}` },
      before: { removed: update.removed, changed: update.changed.map(({ before }) => before) },
      after: { added: update.added, changed: update.changed.map(({ after }) => after) },
    });
  });
}

async function apply(tx: Tx, { added, changed, removed }: ShippedUpdate): Promise<void> {
  await tx.desktopRelease.deleteMany({ where: { version: { in: removed.map(({ version }) => version) } } });
  await tx.desktopRelease.createMany({ data: added });
  for (const { after } of changed) {
    const { version, ...known } = after;
    await tx.desktopRelease.update({ where: { version }, data: known });
  }
}
