/** What a scan does, decided without I/O: which tags it looks up, which wait for a retry, which images it inspects. */

import type { ObservedTag } from "@/lib/marketplace/rows/observed-tag";
import type { KnownVersion } from "@/lib/marketplace/scans/open-scan";
import type { RetryState } from "@/lib/scanning/tags/retry-state";
import { tagsToLookAt } from "@/lib/scanning/tags/tags-to-look-at";
import type { Collision } from "@/lib/scanning/tags/version-tags";

/** A tag to look up. `isNew`: nothing is known of it. */
export type LookUp = { tag: string; isNew: boolean };

export type ScanPlan = {
  /** In this order. */
  lookUp: readonly LookUp[];
  /** Not looked up by this scan; they count with the digest of an earlier one. */
  remembered: readonly ObservedTag[];
  /** Not looked up either: their retry is not due. */
  waiting: readonly string[];
};

export type ScanFacts = {
  /** Version tags in the registry's list, newest first. */
  tags: readonly string[];
  versions: ReadonlyMap<string, KnownVersion>;
  retry: RetryState;
  /** Number of this scheduled scan; undefined: a person requested the scan, which looks up every tag. */
  round: number | undefined;
};

export function planScan({ tags, versions, retry, round }: ScanFacts): ScanPlan {
  const known = new Map(retry.pointed);
  for (const [tag, { digest, movedDigest }] of versions) known.set(tag, movedDigest ?? digest);
  const waiting = new Set(tags.filter((tag) => !known.has(tag) && retry.waits(tag, undefined)));
  const wanted = round === undefined ? new Set(tags) : tagsToLookAt(tags, known, round);
  const lookUp = tags.filter((tag) => wanted.has(tag) && !waiting.has(tag));
  return {
    lookUp: retry.failedLast(lookUp).map((tag) => ({ tag, isNew: !known.has(tag) })),
    remembered: tags.flatMap((tag) => {
      const digest = wanted.has(tag) ? undefined : known.get(tag);
      return digest === undefined ? [] : [{ tag, digest }];
    }),
    waiting: [...waiting],
  };
}

export type InspectionPlan = {
  /** Images to inspect, in the order of `observed`. */
  due: readonly ObservedTag[];
  /** Tags whose image failed before and whose retry is not due. */
  waiting: readonly string[];
};

export type ObservedFacts = Pick<ScanFacts, "versions" | "retry"> & {
  observed: readonly ObservedTag[];
  collisions: readonly Collision[];
};

/**
 * New are the tags whose digest is neither the accepted one nor the one they are known to have moved to. Of two new
 * spellings of one version with different images, only one is inspected; beside a known one, the new one is held.
 */
export function planInspections({ observed, collisions, versions, retry }: ObservedFacts): InspectionPlan {
  const bothNew = collisions.filter(
    ({ kept, dropped: other }) => !versions.has(kept) && !versions.has(other),
  );
  const dropped = new Set(bothNew.map((collision) => collision.dropped));
  const fresh = observed.filter(({ tag, digest }) => {
    const known = versions.get(tag);
    return !dropped.has(tag) && known?.digest !== digest && known?.movedDigest !== digest;
  });
  return {
    due: fresh.filter(({ tag, digest }) => !retry.waits(tag, digest)),
    waiting: fresh.filter(({ tag, digest }) => retry.waits(tag, digest)).map(({ tag }) => tag),
  };
}
