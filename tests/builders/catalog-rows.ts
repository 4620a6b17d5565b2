import type { ExtensionRecord, VersionRecord } from "@/lib/marketplace/public-records";
import { bumpCatalogRevision } from "@/lib/marketplace/publishing/catalog-revision";
import type { Database, Tx } from "@/lib/platform/db/database";
import { type DesktopRelease, Prisma } from "@/lib/platform/prisma/client";
import { blocksIn, versionRecord } from "@/tests/builders/catalog-records";
import { RELEASES } from "@/tests/builders/desktop-releases";
import { digestOf } from "@/tests/builders/inspection-report";

/** Writes these extensions, as new or in place of what is there, in one commit. Returns its revision. */
export async function writeExtensions(db: Database, ...records: readonly ExtensionRecord[]): Promise<bigint> {
  return db.prisma.$transaction(async (tx) => {
    const revision = await bumpCatalogRevision(tx, "one");
    for (const record of records) await writeExtension(tx, record, revision);
    const blocks = blocksIn(records).map((block) => ({ ...block, blockedAt: new Date(), decidedBy: null }));
    await tx.blockedImage.createMany({ data: blocks, skipDuplicates: true });
    return revision;
  });
}

/** Takes the entry away, as if it had never been. */
export async function removeEntry(db: Database, repository: string): Promise<bigint> {
  return db.prisma.$transaction(async (tx) => {
    const revision = await bumpCatalogRevision(tx, "one");
    const { id } = await tx.extension.update({ where: { repository }, data: { revision } });
    await tx.entry.delete({ where: { extensionId: id } });
    return revision;
  });
}

export async function writeReleases(db: Database): Promise<void> {
  const data: Omit<DesktopRelease, "updatedAt" | "note">[] = [...RELEASES];
  await db.prisma.desktopRelease.createMany({ data });
}

async function writeExtension(tx: Tx, record: ExtensionRecord, revision: bigint): Promise<void> {
  const { repository, movedTo } = record;
  const columns = { movedTo, deprecated: record.deprecated ?? Prisma.DbNull, revision };
  const { id: extensionId } = await tx.extension.upsert({
    where: { repository },
    create: { repository, ...columns },
    update: columns,
  });
  const entry = { ...record.entry, envelope: {} };
  await tx.entry.upsert({ where: { extensionId }, create: { extensionId, ...entry }, update: entry });
  await tx.version.deleteMany({ where: { extensionId } });
  await tx.inspection.deleteMany({ where: { extensionId } });
  for (const version of record.versions) await writeVersion(tx, extensionId, version);
  for (const { platformDigests: _inTheReport, ...withdrawn } of record.withdrawn) {
    const changes = { ...withdrawn, current: false };
    await writeVersion(tx, extensionId, versionRecord(withdrawn.tag, changes));
  }
  for (const tag of record.hiddenTags) await writeHiddenVersion(tx, extensionId, tag);
}

async function writeHiddenVersion(tx: Tx, extensionId: string, tag: string): Promise<void> {
  const { id } = await tx.inspection.create({
    data: { extensionId, digest: digestOf(`${extensionId} ${tag}`), state: "invalid" },
  });
  const digest = digestOf(`${extensionId} ${tag}`);
  const semver = tag.replace(/^v/, "");
  await tx.version.create({
    data: { extensionId, tag, semver, digest, inspectionId: id, visibility: "held" },
  });
}

async function writeVersion(tx: Tx, extensionId: string, version: VersionRecord): Promise<void> {
  const { inspection, moved, listedAt, missingSince, reason, ...columns } = version;
  const { digest } = columns;
  const { id: inspectionId } = await tx.inspection.upsert({
    where: { extensionId_digest: { extensionId, digest } },
    create: { extensionId, digest, state: inspection.state, report: inspection.report ?? Prisma.DbNull },
    update: {},
  });
  await tx.version.create({
    data: {
      ...columns,
      extensionId,
      inspectionId,
      reason: reason ?? Prisma.DbNull,
      listedAt,
      missingSince,
      movedDigest: moved?.digest ?? null,
      movedSeenAt: moved?.seenAt ?? null,
    },
  });
}
