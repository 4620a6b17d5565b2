import { compareText } from "@/lib/catalog/encoding/compare-text";
import { familiarName, parseRepository } from "@/lib/extension/reference/repository";
import { imageDigests } from "@/lib/extension/report/image-digests";
import type { BlockRecord, ExtensionRecord } from "@/lib/marketplace/public-records";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import type { Visibility } from "@/lib/platform/prisma/client";

/** A version that contains a blocked image. */
export type BlockedVersion = {
  repository: string;
  tag: string;
  digest: string;
  /** Digests of the platform images behind `digest`. */
  platformDigests: string[];
};

/**
 * A blocked image, under the name by which it was blocked. The block applies in every repository, by any of the
 * digests.
 */
export type BlockedImage = BlockedVersion & {
  /** `hard`: remove it; `soft`: warn. */
  level: "hard" | "soft";
  reason: { code: string; message: string };
  everyRepository: true;
  /** Where else in this catalog the image, or one of its platforms, occurs. */
  copies: { repository: string; tag: string; digest: string }[];
};

type BlocklistSource = {
  records: { blocks: readonly BlockRecord[] };
  views(): readonly { blocked(): readonly BlockedVersion[] }[];
};

/** Includes extensions whose entry is not active, because they may still be installed. */
export function blocklistOf({ records, views }: BlocklistSource): BlockedImage[] {
  const versions = versionsByDigest(views().flatMap((view) => view.blocked()));
  return records.blocks.map((block) => blockedImage(block, versions)).sort(byPlace);
}

export function blockedIn(record: ExtensionRecord): BlockedVersion[] {
  const current = record.versions.filter(isBlocked).map((version) => ({
    ...version,
    platformDigests: reportOf(version.inspection.report)?.platforms.map(({ digest }) => digest) ?? [],
  }));
  const repository = familiarName(parseRepository(record.repository));
  return [...current, ...record.withdrawn.filter(isBlocked)].map(({ tag, digest, platformDigests }) => ({
    repository,
    tag,
    digest,
    platformDigests: [...platformDigests],
  }));
}

type VersionsByDigest = ReadonlyMap<string, readonly BlockedVersion[]>;

function blockedImage(block: BlockRecord, versions: VersionsByDigest): BlockedImage {
  const { tag, digest, digests, level, reason } = block;
  const repository = familiarName(parseRepository(block.repository));
  const found = new Set(digests.flatMap((one) => versions.get(one) ?? []));
  const isOrigin = (one: BlockedVersion) =>
    one.repository === repository && one.tag === tag && one.digest === digest;
  return {
    repository,
    tag,
    digest,
    platformDigests: digests.filter((one) => one !== digest),
    level,
    reason: { code: "block_by_person", message: reason },
    everyRepository: true,
    copies: [...found]
      .filter((one) => !isOrigin(one))
      .map((one) => ({ repository: one.repository, tag: one.tag, digest: one.digest }))
      .sort(byPlace),
  };
}

function versionsByDigest(versions: readonly BlockedVersion[]): VersionsByDigest {
  const found = new Map<string, BlockedVersion[]>();
  for (const version of versions)
    for (const digest of imageDigests(version.digest, version.platformDigests.map(asPlatform)))
      found.set(digest, [...(found.get(digest) ?? []), version]);
  return found;
}

function asPlatform(digest: string) {
  return { digest };
}

type Place = { repository: string; tag: string; digest: string };

function byPlace(a: Place, b: Place): number {
  return (
    compareText(a.repository, b.repository) || compareText(a.tag, b.tag) || compareText(a.digest, b.digest)
  );
}

function isBlocked({ visibility }: { visibility: Visibility }): boolean {
  return visibility === "blocked";
}
