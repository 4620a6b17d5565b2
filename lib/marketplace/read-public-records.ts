/** Reads the public records from one consistent state of the database: all of them, or what changed since. */

import {
  type CatalogState,
  type ExtensionRecord,
  type ExtensionRow,
  type HiddenTags,
  RECORD_COLUMNS,
  type RecordChanges,
  recordOf,
} from "@/lib/marketplace/public-records";
import { desktopReleaseOf } from "@/lib/marketplace/rows/desktop-release-row";
import { POLICY_KEY, policyOf } from "@/lib/marketplace/rows/stored-policy";
import type { Database, Tx } from "@/lib/platform/db/database";
import type { Prisma } from "@/lib/platform/prisma/client";

const PAGE_ROWS = 200;
/** The first read of a large catalog takes longer than the default timeout. */
const TIMEOUT_MS = 120_000;

async function readState(tx: Tx): Promise<CatalogState> {
  return tx.catalogRevision.findUniqueOrThrow({ where: { id: 1 }, omit: { id: true } });
}

/** Processes the records of one page while the next one is read; must not reject. */
export type KeepRecords = (page: readonly ExtensionRecord[]) => Promise<readonly ExtensionRecord[]>;

/** `since` undefined reads everything. REPEATABLE READ gives all queries the same state. */
export async function readPublicRecords(
  db: Database,
  since: bigint | undefined,
  keep: KeepRecords = async (records) => records,
): Promise<RecordChanges> {
  const { changed, ...changes } = await db.prisma.$transaction(
    async (tx) => {
      const state = await readState(tx);
      const setting = await tx.setting.findUnique({ where: { key: POLICY_KEY } });
      const releases = await tx.desktopRelease.findMany({ orderBy: { version: "asc" } });
      const blocks = await tx.blockedImage.findMany({ select: BLOCK_COLUMNS, orderBy: { digest: "asc" } });
      const { kept, gone } = await readExtensions(tx, since ?? 0n, keep);
      return {
        ...state,
        policy: policyOf(setting?.value),
        releases: releases.map(desktopReleaseOf),
        blocks,
        changed: kept,
        gone,
      };
    },
    { isolationLevel: "RepeatableRead", timeout: TIMEOUT_MS },
  );
  return { ...changes, changed: (await Promise.all(changed)).flat() };
}

const BLOCK_COLUMNS = {
  digest: true,
  digests: true,
  level: true,
  reason: true,
  repository: true,
  tag: true,
} as const satisfies Prisma.BlockedImageSelect;

type Read = { kept: Promise<readonly ExtensionRecord[]>[]; gone: string[] };

async function readExtensions(tx: Tx, since: bigint, keep: KeepRecords): Promise<Read> {
  const read: Read = { kept: [], gone: [] };
  let last: ExtensionRow | undefined;
  for (;;) {
    const page: ExtensionRow[] = await tx.extension.findMany({
      where: { revision: { gt: since } },
      select: RECORD_COLUMNS,
      orderBy: { id: "asc" },
      take: PAGE_ROWS,
      ...(last ? { cursor: { id: last.id }, skip: 1 } : {}),
    });
    const hidden = await readHiddenTags(tx, page);
    read.kept.push(keep(page.flatMap((row) => recordOf(row, hidden) ?? [])));
    read.gone.push(...page.filter(({ entry }) => entry === null).map(({ repository }) => repository));
    if (page.length < PAGE_ROWS) return read;
    last = page.at(-1);
  }
}

/** Only the tags: what was found in these images is for reviewers. */
async function readHiddenTags(tx: Tx, extensions: readonly { id: string }[]): Promise<HiddenTags> {
  const found = await tx.version.findMany({
    where: {
      extensionId: { in: extensions.map(({ id }) => id) },
      current: true,
      visibility: { in: ["held", "unlisted"] },
    },
    select: { extensionId: true, tag: true },
    orderBy: { id: "asc" },
  });
  const hidden = new Map<string, string[]>();
  for (const { extensionId, tag } of found) {
    const tags = hidden.get(extensionId);
    if (tags === undefined) hidden.set(extensionId, [tag]);
    else tags.push(tag);
  }
  return hidden;
}
