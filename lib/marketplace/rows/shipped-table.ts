import { z } from "zod";
import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import type { Tx } from "@/lib/platform/db/database";

/** The key among the settings of the table of Desktop releases that Gantry shipped last. */
export const SHIPPED_KEY = "desktop-releases.shipped";

/** What Gantry shipped when the instance's table was last updated; rows that differ from it were edited. */
export type ShippedTable = { revision: number; releases: DesktopRelease[] };

const shippedTable = z.object({
  revision: z.int(),
  releases: z.array(
    z.object({
      version: z.string(),
      releasedOn: z.string().nullable(),
      apiVersion: z.string().nullable(),
      composeVersion: z.string().nullable(),
      confidence: z.enum(["verified", "inferred", "unverified"]),
      source: z.string(),
    }),
  ),
}) satisfies z.ZodType<ShippedTable>;

/** Undefined in a database whose table was not filled yet. */
export async function readShippedTable(tx: Tx): Promise<ShippedTable | undefined> {
  const row = await tx.setting.findUnique({ where: { key: SHIPPED_KEY } });
  return row === null ? undefined : shippedTable.parse(row.value);
}

export async function storeShippedTable(tx: Tx, value: ShippedTable): Promise<void> {
  await tx.setting.upsert({
    where: { key: SHIPPED_KEY },
    create: { key: SHIPPED_KEY, value },
    update: { value, version: { increment: 1 } },
  });
}
