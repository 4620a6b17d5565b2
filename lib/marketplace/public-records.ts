/** The records that the public catalog is built from, and their mapping from rows. */

import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import type { Policy } from "@/lib/extension/policy/policy";
import type { TagListFacts } from "@/lib/extension/reference/tag-list-facts";
import { withoutFileTexts } from "@/lib/extension/report/without-file-texts";
import { storedTagListFacts, TAG_LIST_COLUMNS } from "@/lib/marketplace/inspections/tag-list-columns";
import type { VersionFacts } from "@/lib/marketplace/publishing/offerable";
import type { EntryFacts } from "@/lib/marketplace/rows/entry-facts";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import { AVAILABILITY_COLUMNS, type Unavailable, unavailableOf } from "@/lib/marketplace/scans/availability";
import type { BlockedImage, BlockLevel, Prisma } from "@/lib/platform/prisma/client";

/** One extension with an allow-list entry. */
export type ExtensionRecord = {
  repository: string;
  /** The catalog's revision at the last change of this record. */
  revision: bigint;
  deprecated: { message: string; replacement: string | null } | null;
  movedTo: string | null;
  /** The version that hides the others, according to the last complete tag list. */
  tagList: TagListFacts;
  /** The registry has refused the repository for a while. */
  unavailable: Unavailable | null;
  entry: EntryFacts;
  /** Versions that are public: listed, yanked and blocked ones. */
  versions: readonly VersionRecord[];
  /** Digests whose tag was accepted with another digest, and that stay yanked or blocked. */
  withdrawn: readonly WithdrawnRecord[];
  /** Known tags that are not public. */
  hiddenTags: readonly string[];
};

/** A digest that is yanked or blocked although its tag names another one now. */
export type WithdrawnRecord = Pick<VersionRecord, "tag" | "digest" | "reason" | "blockLevel"> & {
  visibility: "yanked" | "blocked";
  /** Digests of the images for single platforms behind `digest`. */
  platformDigests: readonly string[];
};

/** Times are RFC 3339 texts. */
export type VersionRecord = VersionFacts & {
  reason: { code: string; message: string } | null;
  /** Only for a blocked version: `hard` = remove it, `soft` = warn. */
  blockLevel: BlockLevel | null;
  listedAt: string | null;
  moved: { digest: string; seenAt: string } | null;
  missingSince: string | null;
};

/** An image that is blocked in every repository. */
export type BlockRecord = Pick<
  BlockedImage,
  "digest" | "digests" | "level" | "reason" | "repository" | "tag"
>;

/** These extensions replace the ones known before; those without an entry go. */
export type RecordChanges = CatalogState & {
  policy: Policy;
  releases: readonly DesktopRelease[];
  /** All of them, by digest. */
  blocks: readonly BlockRecord[];
  changed: readonly ExtensionRecord[];
  gone: readonly string[];
};

export type CatalogState = {
  /** The revision of this state; every change bumps it. */
  revision: bigint;
  /** When it was bumped, by the database's clock. */
  raisedAt: Date;
  /** The revision of the last change of policy or releases, which changes every extension. */
  wholeRevision: bigint;
};

/** The columns that a record is made of. */
export const RECORD_COLUMNS = {
  id: true,
  repository: true,
  revision: true,
  deprecated: true,
  movedTo: true,
  ...AVAILABILITY_COLUMNS,
  ...TAG_LIST_COLUMNS,
  entry: true,
  versions: {
    where: {
      OR: [
        { current: true, visibility: { in: ["listed", "yanked", "blocked"] } },
        { current: false, visibility: { in: ["yanked", "blocked"] } },
      ],
    },
    include: { inspection: { select: { state: true, report: true } } },
  },
} as const satisfies Prisma.ExtensionSelect;

export type ExtensionRow = Prisma.ExtensionGetPayload<{ select: typeof RECORD_COLUMNS }>;
type VersionRow = ExtensionRow["versions"][number];

/** By the extension's id: known tags that are not public. */
export type HiddenTags = ReadonlyMap<string, readonly string[]>;

/** Undefined without an entry. */
export function recordOf(row: ExtensionRow, hidden: HiddenTags): ExtensionRecord | undefined {
  if (row.entry === null) return undefined;
  const { state, track, range, pinTag, pinDigest, expiresAt, since } = row.entry;
  return {
    repository: row.repository,
    revision: row.revision,
    deprecated: deprecationOf(row.deprecated),
    movedTo: row.movedTo,
    tagList: storedTagListFacts(row),
    unavailable: unavailableOf(row),
    entry: { state, track, range, pinTag, pinDigest, expiresAt, since },
    versions: row.versions.filter(({ current }) => current).map(versionOf),
    withdrawn: row.versions.filter(({ current }) => !current).map(withdrawnOf),
    hiddenTags: hidden.get(row.id) ?? [],
  };
}

function withdrawnOf(row: VersionRow): WithdrawnRecord {
  const { tag, digest, blockLevel } = row;
  const platforms = reportOf(row.inspection.report)?.platforms ?? [];
  return {
    tag,
    digest,
    visibility: row.visibility === "blocked" ? "blocked" : "yanked",
    reason: reasonOf(row.reason),
    blockLevel,
    platformDigests: platforms.map((platform) => platform.digest),
  };
}

function versionOf(row: VersionRow): VersionRecord {
  return {
    tag: row.tag,
    semver: row.semver,
    digest: row.digest,
    visibility: row.visibility,
    current: row.current,
    inspection: { state: row.inspection.state, report: publicReport(row.inspection.report) },
    reason: reasonOf(row.reason),
    blockLevel: row.blockLevel,
    listedAt: row.listedAt?.toISOString() ?? null,
    moved:
      row.movedDigest !== null && row.movedSeenAt !== null
        ? { digest: row.movedDigest, seenAt: row.movedSeenAt.toISOString() }
        : null,
    missingSince: row.missingSince?.toISOString() ?? null,
  };
}

/** Without the texts of files, which are never public; what was parsed from them stays. */
function publicReport(stored: Prisma.JsonValue): VersionRecord["inspection"]["report"] {
  const report = reportOf(stored);
  return report === undefined ? null : withoutFileTexts(report);
}

function reasonOf(stored: Prisma.JsonValue): VersionRecord["reason"] {
  if (!isJsonObject(stored)) return null;
  const { code, message } = stored;
  return typeof code === "string" && typeof message === "string" ? { code, message } : null;
}

function deprecationOf(stored: Prisma.JsonValue): ExtensionRecord["deprecated"] {
  if (!isJsonObject(stored) || typeof stored.message !== "string") return null;
  return {
    message: stored.message,
    replacement: typeof stored.replacement === "string" ? stored.replacement : null,
  };
}

function isJsonObject(value: Prisma.JsonValue | undefined): value is Prisma.JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
