/**
 * The job behind a scan: list the tags, ask where each known one points, inspect what is new. Unchanged input ends
 * with nothing written but the scan itself.
 */

import { parseDigest } from "@/lib/extension/digest";
import { parseRepository, type Repository } from "@/lib/extension/repository";
import { compareSemver } from "@/lib/extension/semver";
import { classifyTag, type VersionTag } from "@/lib/extension/tag";
import { arrangeTags } from "@/lib/extension/tag-list";
import type { Context } from "@/lib/journal/context";
import { type ObservedTag, recordTags } from "@/lib/marketplace/record-versions";
import { recordedError } from "@/lib/marketplace/recorded-error";
import { type BegunScan, beginScan, endScan, type ScanResult } from "@/lib/marketplace/scans";
import { unknownTags } from "@/lib/marketplace/unknown-tags";
import { hasCode } from "@/lib/platform/errors";
import type { RegistryClient, TagList } from "@/lib/registry/client";
import { learnNewVersions } from "@/lib/scanning/learn-new-versions";
import { mapConcurrently } from "@/lib/scanning/map-concurrently";
import type { Outside } from "@/lib/scanning/outside";
import { retryDelaySeconds } from "@/lib/scanning/retry-delay";
import { skippedTags } from "@/lib/scanning/skipped-tags";

export type ScanInput = { scanId: string; intervalSeconds: number; signal: AbortSignal };

const LOOKUPS_AT_ONCE = 6;

export async function scanExtension(ctx: Context, outside: Outside, input: ScanInput): Promise<void> {
  const scan = await beginScan(ctx, { scanId: input.scanId });
  if (!scan) return;
  const metered = outside.client.metered();
  const result = await run(ctx, { ...outside, client: metered }, scan, input.signal);
  const { requests, bytes } = metered.cost();
  const pause = result.until ?? new Date(ctx.clock.now().getTime() + input.intervalSeconds * 1000);
  await endScan(ctx, { scan, result: { ...result, requests, bytes }, nextScanAt: pause });
}

type Outcome = Omit<ScanResult, "requests" | "bytes">;

async function run(ctx: Context, outside: Outside, scan: BegunScan, signal: AbortSignal): Promise<Outcome> {
  const counts = { found: 0, listed: 0, held: 0, moved: 0, skipped: [] as Outcome["skipped"] };
  try {
    const repository = parseRepository(scan.repository);
    const tags = await outside.client.tags(repository, { signal });
    counts.skipped = skippedTags(tags.tags);
    const versions = versionTags(tags);
    counts.found = versions.length;
    const observed = await observe(outside.client, repository, versions, signal);
    const changed = await recordTags(ctx, {
      extensionId: scan.extensionId,
      observed,
      listedTags: tags.tags,
      complete: tags.complete,
    });
    const { kept, collisions } = withoutCollisions(observed);
    counts.skipped.push(...collisions);
    const fresh = await unknownTags(ctx, { extensionId: scan.extensionId, observed: kept });
    const failures = await learnNewVersions(ctx, outside, {
      extensionId: scan.extensionId,
      repository,
      fresh,
      counts,
      signal,
    });
    if (failures[0] !== undefined) return { ...counts, ...failed(ctx, failures[0]), event: "succeed_partly" };
    if (!tags.complete) return { ...counts, event: "succeed_partly" };
    return { ...counts, event: fresh.length + changed === 0 ? "find_nothing_new" : "succeed" };
  } catch (error) {
    signal.throwIfAborted();
    return { ...counts, ...failed(ctx, error) };
  }
}

function versionTags(tags: TagList): VersionTag[] {
  return tags.tags
    .map(classifyTag)
    .filter((tag): tag is VersionTag => tag.kind === "version")
    .sort((a, b) => compareSemver(b.version, a.version));
}

/** Where each tag points now; a tag that went meanwhile is left out. */
async function observe(
  client: RegistryClient,
  repository: Repository,
  versions: VersionTag[],
  signal: AbortSignal,
): Promise<ObservedTag[]> {
  const found = await mapConcurrently(versions, LOOKUPS_AT_ONCE, async ({ tag }) => {
    try {
      const { digest } = await client.resolve(repository, tag, { signal });
      return { tag, digest };
    } catch (error) {
      if (hasCode(error, "reference_not_found")) return undefined;
      throw error;
    }
  });
  return found.filter((tag) => tag !== undefined);
}

/** Where `1.2.3` and `v1.2.3` lead to different images only the plain tag counts. */
function withoutCollisions(observed: readonly ObservedTag[]): {
  kept: ObservedTag[];
  collisions: Outcome["skipped"];
} {
  const listed = observed.flatMap(({ tag, digest }) => {
    const parsed = parseDigest(digest);
    return parsed === undefined ? [] : [{ tag, digest: parsed }];
  });
  const { collisions } = arrangeTags(listed);
  const dropped = new Set<string>(collisions.map((collision) => collision.dropped.tag));
  return {
    kept: observed.filter(({ tag }) => !dropped.has(tag)),
    collisions: collisions.map((collision) => ({
      tag: collision.dropped.tag,
      reason: "version_collision",
      message: `${collision.dropped.tag} and ${collision.kept.tag} are the same version with different images; ${collision.kept.tag} counts.`,
    })),
  };
}

function failed(ctx: Context, error: unknown): Pick<Outcome, "event" | "error" | "until"> {
  const until = new Date(ctx.clock.now().getTime() + retryDelaySeconds(3, error) * 1000);
  const event = hasCode(error, "registry_rate_limited") ? "hit_rate_limit" : "fail";
  return { event, error: recordedError(error), until };
}
