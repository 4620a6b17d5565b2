import type { Digest } from "@/lib/extension/reference/digest";
import { channelOf, compareSemver, type SemVersion } from "@/lib/extension/reference/semver";
import { classifyTag, type SkippedTag, type Tag, type VersionTag } from "@/lib/extension/reference/tag";

export type ListedTag = { tag: string; digest: Digest };

/**
 * One version of a repository: its tag, and the other tags of the same image. A tag that is not a version belongs
 * only to the newest version of its image.
 */
export type ArrangedVersion = { tag: Tag; version: SemVersion; digest: Digest; aliases: string[] };

/** `1.2.3` and `v1.2.3` point to different images: the plain tag counts, the other one is never offered. */
export type VersionCollision = {
  version: SemVersion;
  kept: { tag: Tag; digest: Digest };
  dropped: { tag: Tag; digest: Digest };
};

export type ArrangedTags = {
  /** Newest first by semver precedence; every version once. */
  versions: ArrangedVersion[];
  collisions: VersionCollision[];
};

type Found = VersionTag & { digest: Digest };

/**
 * The versions among `tags`, newest first. Aliases are tags with the same digest that are not versions of their own:
 * `latest`, `1.2`, or `v1.2.3` next to `1.2.3`. Repeated tags count once, at their first position.
 */
export function arrangeTags(tags: readonly ListedTag[]): ArrangedTags {
  const unique = [...new Map([...tags].reverse().map((listed) => [listed.tag, listed])).values()].reverse();
  const found = unique.flatMap(({ tag, digest }): Found[] => {
    const classified = classifyTag(tag);
    return classified.kind === "version" ? [{ ...classified, digest }] : [];
  });
  const versionTags = new Set<string>(found.map(({ tag }) => tag));
  const spellings = [...groupBy(found, ({ version }) => version.text).values()]
    .map((group) => group.toSorted(plainFirst))
    .toSorted(newestFirst);
  const otherTags = groupBy(
    unique.filter(({ tag }) => !versionTags.has(tag)),
    ({ digest }) => digest,
  );
  const versions = spellings.flatMap((group) => {
    const arranged = arrangedVersion(group);
    for (const { digest, aliases } of arranged) {
      for (const { tag } of otherTags.get(digest) ?? []) aliases.push(tag);
      otherTags.delete(digest);
    }
    return arranged;
  });
  return { versions, collisions: spellings.flatMap(collisionsIn) };
}

/** The tag to inspect first: the highest stable version, otherwise the highest prerelease, or undefined. */
export function candidateTag(tags: readonly string[]): Tag | undefined {
  return tags
    .map(classifyTag)
    .filter((classified) => classified.kind === "version")
    .reduce<VersionTag | undefined>(
      (best, next) => (best === undefined || isBetter(next, best) ? next : best),
      undefined,
    )?.tag;
}

/**
 * The tags that are not versions, each with the reason for its publisher, in the order given and without repetition.
 */
export function skippedTags(tags: readonly string[]): SkippedTag[] {
  return [...new Set(tags)].map(classifyTag).filter((classified) => classified.kind === "skipped");
}

function isBetter(next: VersionTag, best: VersionTag): boolean {
  const nextStable = channelOf(next.version) === "stable";
  if (nextStable !== (channelOf(best.version) === "stable")) return nextStable;
  const order = compareSemver(next.version, best.version);
  return order > 0 || (order === 0 && best.prefixed && !next.prefixed);
}

function plainFirst(a: Found, b: Found): number {
  return Number(a.prefixed) - Number(b.prefixed);
}

function newestFirst([a]: Found[], [b]: Found[]): number {
  return a === undefined || b === undefined ? 0 : compareSemver(b.version, a.version);
}

function arrangedVersion([kept, ...rest]: Found[]): ArrangedVersion[] {
  if (kept === undefined) return [];
  const aliases = rest.filter(({ digest }) => digest === kept.digest).map(({ tag }) => tag);
  return [{ tag: kept.tag, version: kept.version, digest: kept.digest, aliases }];
}

function collisionsIn(spellings: Found[]): VersionCollision[] {
  const [kept, ...rest] = spellings;
  if (kept === undefined) return [];
  return rest
    .filter(({ digest }) => digest !== kept.digest)
    .map((dropped) => ({
      version: kept.version,
      kept: { tag: kept.tag, digest: kept.digest },
      dropped: { tag: dropped.tag, digest: dropped.digest },
    }));
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
