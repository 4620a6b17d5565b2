/** What is known of the versions that clients have installed: by tag, and by digest where a client names one. */

import type { KnownVersion } from "@/lib/catalog/known-version";
import { parseSemver } from "@/lib/extension/semver";
import { admissionBy } from "@/lib/extension/track";
import type { Installed, Withdrawal } from "@/lib/extension/update-check";
import { trackOf } from "@/lib/marketplace/entry-facts";
import type { ExtensionRecord, VersionRecord, WithdrawnRecord } from "@/lib/marketplace/public-records";

/** `digest` undefined: the client does not know it. */
export type InstalledIndex = (tag: string, digest: string | undefined) => Installed;

/** `known`: newest first, the plain tag before `v…`. */
export function installedIndex(record: ExtensionRecord, versions: readonly KnownVersion[]): InstalledIndex {
  const known = versions.map(briefly);
  const admits = admissionBy(trackOf(record.entry));
  const seenTags = new Set([...record.versions.map(({ tag }) => tag), ...record.hiddenTags]);
  const spelled = spellings(known);
  const withdrawn = withdrawals(record, known);
  return (tag, digest) => {
    const named = spelled.get(tag) ?? spelled.get(plain(tag));
    const found =
      named ?? (digest === undefined ? undefined : known.find((one) => one.digests.includes(digest)));
    const version = found?.version ?? parseSemver(plain(tag));
    const sameDigest = found === undefined || digest === undefined || found.digests.includes(digest);
    return {
      version,
      seen: found !== undefined || seenTags.has(tag),
      sameDigest,
      movedDigest: !sameDigest && found?.record.moved?.digest === digest,
      withdrawal: withdrawn(tag, digest, sameDigest ? found?.record : undefined),
      outsideTrack:
        version !== undefined && !admits({ version, tag, digest: found?.record.digest ?? digest ?? "" }),
    };
  };
}

/** The little of a version that is kept for each client that may have it. */
type BriefVersion = Pick<KnownVersion, "version"> & {
  record: Pick<VersionRecord, "tag" | "digest" | "visibility" | "reason" | "blockLevel" | "moved">;
  /** Clients know the digest of the index, of their platform's image, or of that image's config. */
  digests: readonly string[];
};

function briefly({ record, version, report }: KnownVersion): BriefVersion {
  const { tag, digest, visibility, reason, blockLevel, moved } = record;
  return {
    version,
    record: { tag, digest, visibility, reason, blockLevel, moved },
    digests: [report.digest, ...report.platforms.flatMap((one) => [one.digest, one.configDigest])],
  };
}

/** `1.2.0` stands for `v1.2.0` too, unless both are known. */
function spellings(known: readonly BriefVersion[]): Map<string, BriefVersion> {
  const found = new Map<string, BriefVersion>();
  for (const one of known) {
    found.set(one.record.tag, one);
    if (!found.has(one.version.text)) found.set(one.version.text, one);
  }
  return found;
}

function plain(tag: string): string {
  return tag.startsWith("v") ? tag.slice(1) : tag;
}

type Withdrawals = (
  tag: string,
  digest: string | undefined,
  record: BriefVersion["record"] | undefined,
) => Withdrawal | undefined;

/** A block is of the image, under whatever tag; a yank is of the image under its tag. */
function withdrawals({ withdrawn }: ExtensionRecord, known: readonly BriefVersion[]): Withdrawals {
  const blocked = new Map<string, Withdrawal>();
  const yanked = new Map<string, Withdrawal>();
  for (const one of withdrawn) {
    for (const digest of [one.digest, ...one.platformDigests]) {
      if (one.visibility === "blocked") blocked.set(digest, withdrawalBy(one));
      else yanked.set(`${one.tag} ${digest}`, withdrawalBy(one));
    }
  }
  for (const one of known) {
    if (one.record.visibility !== "blocked") continue;
    for (const digest of one.digests) blocked.set(digest, withdrawalBy(one.record));
  }
  return (tag, digest, record) => {
    const byDigest =
      digest === undefined ? undefined : (blocked.get(digest) ?? yanked.get(`${tag} ${digest}`));
    const isWithdrawn = record?.visibility === "yanked" || record?.visibility === "blocked";
    return byDigest ?? (isWithdrawn ? withdrawalBy(record) : undefined);
  };
}

function withdrawalBy({
  visibility,
  reason,
  blockLevel,
}: BriefVersion["record"] | WithdrawnRecord): Withdrawal {
  const kind = visibility === "blocked" ? "blocked" : "yanked";
  return { kind, level: blockLevel, message: reason?.message ?? null };
}
