/** Looks up versions that clients have installed: by tag, and by digest where the client sends one. */

import type { KnownVersion } from "@/lib/catalog/documents/known-version";
import { admissionBy } from "@/lib/extension/offer/track";
import type { Installed, Withdrawal } from "@/lib/extension/offer/update-reason";
import { parseSemver, type SemVersion } from "@/lib/extension/reference/semver";
import type { ExtensionRecord, VersionRecord, WithdrawnRecord } from "@/lib/marketplace/public-records";
import { trackOf } from "@/lib/marketplace/rows/entry-facts";

/** `digest` is undefined when the client does not know it. */
export type InstalledIndex = (tag: string, digest: string | undefined) => Installed;

/** Only what lookups need: the index outlives the reports that it was built from. */
type Indexed = {
  tag: string;
  version: SemVersion;
  /** The accepted digest first, then those of its platforms and their configs: clients know one or the other. */
  digests: readonly [string, ...string[]];
  configs: ReadonlySet<string>;
  movedTo: string | undefined;
  withdrawal: Withdrawal | undefined;
};

/** `known` is sorted newest first, with the plain tag before `v…`. */
export function installedIndex(record: ExtensionRecord, known: readonly KnownVersion[]): InstalledIndex {
  const admits = admissionBy(trackOf(record.entry));
  const seenTags = new Set([...record.versions.map(({ tag }) => tag), ...record.hiddenTags]);
  // A spelling that waits for a decision beside the accepted one is another image: `2.0.0` beside `v2.0.0`.
  const hidden = new Set(record.hiddenTags);
  const indexed = known.map(indexedOf);
  const spelled = spellings(indexed);
  const withdrawn = withdrawnDigests(record, indexed);
  return (tag, digest) => {
    const named = spelled.get(tag) ?? spelled.get(plain(tag));
    const found = named ?? indexed.find(({ digests }) => digest !== undefined && digests.includes(digest));
    const version = found?.version ?? parseSemver(plain(tag));
    const isOtherImage = found !== undefined && found.tag !== tag && hidden.has(tag);
    const sameDigest =
      found === undefined || (digest === undefined ? !isOtherImage : found.digests.includes(digest));
    return {
      version,
      seen: found !== undefined || seenTags.has(tag),
      sameDigest,
      movedDigest: digest !== undefined && !sameDigest && found?.movedTo === digest,
      withdrawal: withdrawn(tag, digest) ?? (sameDigest ? found?.withdrawal : undefined),
      outsideTrack:
        version !== undefined && !admits({ version, tag, digest: found?.digests[0] ?? digest ?? "" }),
    };
  };
}

function indexedOf({ record, version, report }: KnownVersion): Indexed {
  return {
    tag: record.tag,
    version,
    configs: new Set(report.platforms.map(({ configDigest }) => configDigest)),
    digests: [report.digest, ...report.platforms.flatMap((one) => [one.digest, one.configDigest])],
    movedTo: record.moved?.digest,
    withdrawal: withdrawalOf(record),
  };
}

/** `1.2.0` also matches `v1.2.0`, unless both are known. */
function spellings(indexed: readonly Indexed[]): Map<string, Indexed> {
  const found = new Map<string, Indexed>();
  for (const one of indexed) {
    found.set(one.tag, one);
    if (!found.has(one.version.text)) found.set(one.version.text, one);
  }
  return found;
}

function plain(tag: string): string {
  return tag.startsWith("v") ? tag.slice(1) : tag;
}

type WithdrawnDigests = (tag: string, digest: string | undefined) => Withdrawal | undefined;

/** A block covers the image under any tag; a yank covers the image under one tag. */
function withdrawnDigests({ withdrawn }: ExtensionRecord, indexed: readonly Indexed[]): WithdrawnDigests {
  const blocked = new Map<string, Withdrawal>();
  const yanked = new Map<string, Withdrawal>();
  for (const one of withdrawn) {
    const withdrawal = withdrawalOf(one);
    if (withdrawal === undefined) continue;
    for (const digest of [one.digest, ...one.platformDigests]) {
      if (withdrawal.kind === "blocked") blocked.set(digest, withdrawal);
      else yanked.set(`${one.tag} ${digest}`, withdrawal);
    }
  }
  const shared = new Set(indexed.filter(isNotBlocked).flatMap(({ configs }) => [...configs]));
  for (const { withdrawal, digests } of indexed) {
    if (withdrawal?.kind !== "blocked") continue;
    for (const digest of digests) if (!shared.has(digest)) blocked.set(digest, withdrawal);
  }
  return (tag, digest) =>
    digest === undefined ? undefined : (blocked.get(digest) ?? yanked.get(`${tag} ${digest}`));
}

/** A config that another, unblocked version shares does not identify the blocked image. */
function isNotBlocked({ withdrawal }: Indexed): boolean {
  return withdrawal?.kind !== "blocked";
}

function withdrawalOf({
  visibility,
  reason,
  blockLevel,
}: VersionRecord | WithdrawnRecord): Withdrawal | undefined {
  if (visibility !== "yanked" && visibility !== "blocked") return undefined;
  return { kind: visibility, level: blockLevel, message: reason?.message ?? null };
}
