/** New tags of a repository: each new digest is inspected once, and what was learned is written group by group. */

import type { Repository } from "@/lib/extension/reference/repository";
import { inspect } from "@/lib/inspection/inspect";
import type { Context } from "@/lib/journal/context";
import { alreadyLearned, type Learned } from "@/lib/marketplace/inspections/inspection-row";
import { storedLayerFacts } from "@/lib/marketplace/inspections/layer-facts";
import type { ObservedTag } from "@/lib/marketplace/rows/observed-tag";
import { recordedError } from "@/lib/marketplace/rows/recorded-error";
import { type Recorded, recordVersions } from "@/lib/marketplace/versions/record-versions";
import type { MediaPort } from "@/lib/media/media-port";
import { mapConcurrently } from "@/lib/platform/map-concurrently";
import type { RegistryClient } from "@/lib/registry/client";
import { isForGood } from "@/lib/scanning/for-good";

export type NewVersions = {
  extensionId: string;
  repository: Repository;
  /** Newest first. */
  fresh: readonly ObservedTag[];
  /** Raised as versions are written. */
  counts: Recorded;
  media?: MediaPort | undefined;
  signal: AbortSignal;
  /** Called after each group that is written. */
  progressed(): Promise<void>;
};

const INSPECTIONS_AT_ONCE = 8;
/** Versions are written in groups, so that the first ones are listed while the rest is still being read. */
const GROUP = 32;

/** What kept a digest from being inspected. */
export type Failure = { digest: string; error: unknown };

/** Returns what went wrong for now; those digests come again with a later scan. */
export async function learnNewVersions(
  ctx: Context,
  client: RegistryClient,
  work: NewVersions,
): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (let start = 0; start < work.fresh.length; start += GROUP) {
    const group = work.fresh.slice(start, start + GROUP);
    const learned = await learn(ctx, client, work, group, failures);
    const found = group.flatMap((observed) => {
      const known = learned.get(observed.digest);
      return known ? [{ ...observed, learned: known }] : [];
    });
    const recorded = await recordVersions(ctx, { extensionId: work.extensionId, found });
    work.counts.listed += recorded.listed;
    work.counts.held += recorded.held;
    work.counts.moved += recorded.moved;
    if (found.length > 0) await work.progressed();
  }
  return failures;
}

async function learn(
  ctx: Context,
  client: RegistryClient,
  { extensionId, repository, fresh, media, signal }: NewVersions,
  group: readonly ObservedTag[],
  failures: Failure[],
): Promise<Map<string, Learned>> {
  const digests = [...new Set(group.map(({ digest }) => digest))];
  const learned = await alreadyLearned(ctx, { extensionId, digests });
  const layerFacts = storedLayerFacts(ctx.db, client, repository);
  const unknown = digests.filter((digest) => !learned.has(digest));
  const look = async (digest: string) => {
    // Asking for referrers and signatures of every tag would double the requests of a first scan.
    const supplyChain = digest === fresh[0]?.digest ? "registry" : "index";
    try {
      const inspected = await inspect({
        client,
        repository,
        reference: digest,
        layerFacts,
        media,
        supplyChain,
        priority: "background",
        signal,
      });
      learned.set(digest, { kind: "inspected", inspected });
    } catch (error) {
      signal.throwIfAborted();
      if (isForGood(error)) learned.set(digest, { kind: "refused", error: recordedError(error) });
      else failures.push({ digest, error });
    }
  };
  // The first one alone learns the layers that the others share with it.
  for (const digest of unknown.splice(0, 1)) await look(digest);
  await mapConcurrently(unknown, INSPECTIONS_AT_ONCE, look);
  return learned;
}
