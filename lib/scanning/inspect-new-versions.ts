/** New tags of a repository: each new digest is inspected once, and what was learned is recorded group by group. */

import type { Repository } from "@/lib/extension/reference/repository";
import { inspect } from "@/lib/inspection/inspect";
import type { LayerFacts } from "@/lib/inspection/layers/layer-facts";
import type { Context } from "@/lib/journal/context";
import type { Learned, Stored } from "@/lib/marketplace/inspections/inspection-row";
import { recordedError } from "@/lib/marketplace/rows/json-columns";
import type { ObservedTag } from "@/lib/marketplace/rows/observed-tag";
import { type Recorded, recordVersions } from "@/lib/marketplace/versions/record-versions";
import type { MediaPort } from "@/lib/media/media-port";
import { mapConcurrently } from "@/lib/platform/map-concurrently";
import type { RegistryClient } from "@/lib/registry/client";
import { isForGood } from "@/lib/scanning/scan-error";
import type { Failure } from "@/lib/scanning/tags/retry-state";

export type NewVersions = {
  extensionId: string;
  repository: Repository;
  /** Newest first. */
  due: readonly ObservedTag[];
  /** Digests whose inspection is stored. */
  learned: ReadonlySet<string>;
  layerFacts: LayerFacts;
  media?: MediaPort | undefined;
  signal: AbortSignal;
};

/** One group that was recorded, and what kept its other digests from being inspected; those come with a later scan. */
export type InspectedGroup = { recorded: Recorded; failures: Failure[]; wrote: boolean };

const INSPECTIONS_AT_ONCE = 8;
/**
 * The newest versions of a scan whose layers are searched for the files that metadata.json names: that can take up to
 * 64 MiB for each, and few people install older ones.
 */
const NAMED_FILES_NEWEST = 5;
/** Versions are recorded in groups, so that the first ones are listed while the rest is still being read. */
const GROUP = 32;

/** Yields each group once it is recorded, so that what is done counts even when a later group throws. */
export async function* inspectNewVersions(
  ctx: Context,
  client: RegistryClient,
  work: NewVersions,
): AsyncGenerator<InspectedGroup, void> {
  const stored = new Set(work.learned);
  for (let start = 0; start < work.due.length; start += GROUP) {
    const group = work.due.slice(start, start + GROUP);
    const { learned, errors } = await inspectGroup(client, work, group, stored);
    const found = group.flatMap((observed) => {
      const known = learned.get(observed.digest);
      return known ? [{ ...observed, learned: known }] : [];
    });
    const recorded = await recordVersions(ctx, { extensionId: work.extensionId, found });
    for (const digest of learned.keys()) stored.add(digest);
    const failures = group.flatMap(({ tag, digest }) =>
      errors.has(digest) ? [{ tag, digest, error: errors.get(digest) }] : [],
    );
    yield { recorded, failures, wrote: found.length > 0 };
  }
}

/** By digest. */
type GroupResult = { learned: Map<string, Learned | Stored>; errors: Map<string, unknown> };

async function inspectGroup(
  client: RegistryClient,
  { repository, due, layerFacts, media, signal }: NewVersions,
  group: readonly ObservedTag[],
  stored: ReadonlySet<string>,
): Promise<GroupResult> {
  const learned: GroupResult["learned"] = new Map();
  const errors: GroupResult["errors"] = new Map();
  const digests = [...new Set(group.map(({ digest }) => digest))];
  for (const digest of digests) if (stored.has(digest)) learned.set(digest, { kind: "stored" });
  const newest = new Set(due.slice(0, NAMED_FILES_NEWEST).map((observed) => observed.digest));
  const inspectOne = async (digest: string) => {
    // Asking for referrers and signatures of every tag would double the requests of a first scan.
    const supplyChain = digest === due[0]?.digest ? "registry" : "index";
    const namedFiles = newest.has(digest) ? "look_up" : "leave_out";
    try {
      const inspected = await inspect({
        client,
        repository,
        reference: digest,
        layerFacts,
        media,
        supplyChain,
        namedFiles,
        priority: "background",
        signal,
      });
      learned.set(digest, { kind: "inspected", inspected });
    } catch (error) {
      signal.throwIfAborted();
      if (isForGood(error)) learned.set(digest, { kind: "refused", error: recordedError(error) });
      else errors.set(digest, error);
    }
  };
  const unknown = digests.filter((digest) => !learned.has(digest));
  // The first one alone learns the layers that the others share with it.
  for (const digest of unknown.splice(0, 1)) await inspectOne(digest);
  await mapConcurrently(unknown, INSPECTIONS_AT_ONCE, inspectOne);
  return { learned, errors };
}
