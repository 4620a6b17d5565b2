/**
 * The job behind a scan: list the tags, ask where each known one points, inspect what is new. Unchanged input ends
 * with nothing written but the scan itself.
 */

import { parseDigest } from "@/lib/extension/digest";
import { parseRepository } from "@/lib/extension/repository";
import { compareSemver } from "@/lib/extension/semver";
import { classifyTag, type VersionTag } from "@/lib/extension/tag";
import { arrangeTags } from "@/lib/extension/tag-list";
import type { MediaPort } from "@/lib/inspection/media/media-port";
import type { Context } from "@/lib/journal/context";
import { knownTags } from "@/lib/marketplace/known-tags";
import { type ObservedTag, recordTags } from "@/lib/marketplace/record-versions";
import { recordedError } from "@/lib/marketplace/recorded-error";
import { type BegunScan, beginScan, endScan, type ScanResult } from "@/lib/marketplace/scans";
import { unknownTags } from "@/lib/marketplace/unknown-tags";
import { hasCode } from "@/lib/platform/errors";
import type { MeteredRegistryClient, RegistryClient, TagList } from "@/lib/registry/client";
import { digestOfTag } from "@/lib/scanning/digest-of-tag";
import { learnNewVersions } from "@/lib/scanning/learn-new-versions";
import { mapConcurrently } from "@/lib/scanning/map-concurrently";
import { refusalOf } from "@/lib/scanning/refusal";
import { rememberingClient } from "@/lib/scanning/remembering-client";
import { retryDelaySeconds } from "@/lib/scanning/retry-delay";
import { skippedTags } from "@/lib/scanning/skipped-tags";
import { tagsToLookAt } from "@/lib/scanning/tags-to-look-at";

export type ScanInput = {
  scanId: string;
  intervalSeconds: number;
  media?: MediaPort | undefined;
  signal: AbortSignal;
};

const LOOKUPS_AT_ONCE = 8;
/** With more, the registry itself is in trouble, and each further tag would wait for its tries in vain. */
const UNANSWERED_MAX = 5;

export async function scanExtension(ctx: Context, client: RegistryClient, input: ScanInput): Promise<void> {
  const scan = await beginScan(ctx, { scanId: input.scanId });
  if (!scan) return;
  const metered = rememberingClient(client.prioritised("background").metered());
  const result = await run(ctx, metered, scan, input);
  const { requests, bytes } = metered.cost();
  const pause = result.until ?? new Date(ctx.clock.now().getTime() + input.intervalSeconds * 1000);
  await endScan(ctx, { scan, result: { ...result, requests, bytes }, nextScanAt: pause });
}

type Outcome = Omit<ScanResult, "requests" | "bytes">;
type Counts = Omit<Outcome, "event" | "error" | "until">;

async function run(
  ctx: Context,
  client: MeteredRegistryClient,
  scan: BegunScan,
  { signal, media, intervalSeconds }: ScanInput,
): Promise<Outcome> {
  const counts: Counts = { found: 0, listed: 0, held: 0, moved: 0, skipped: [] };
  try {
    const repository = parseRepository(scan.repository);
    const tags = await client.tags(repository, { signal });
    counts.availability = "shown";
    counts.skipped = skippedTags(tags.tags);
    const versions = versionTags(tags);
    counts.found = versions.length;
    const known = await knownTags(ctx, { extensionId: scan.extensionId });
    const names = versions.map(({ tag }) => tag);
    const round = Math.floor(ctx.clock.now().getTime() / (intervalSeconds * 1000));
    const asked = scan.scheduled ? tagsToLookAt(names, known, round) : new Set(names);
    const { observed, unanswered } = await observe(names, known, asked, (tag) =>
      digestOfTag(client, repository, { tag, isNew: !known.has(tag) }, { signal }),
    );
    const changed = await recordTags(ctx, {
      extensionId: scan.extensionId,
      observed,
      listedTags: tags.tags,
      complete: tags.complete,
    });
    const { kept, collisions } = withoutCollisions(observed);
    counts.skipped.push(...collisions);
    const fresh = await unknownTags(ctx, { extensionId: scan.extensionId, observed: kept });
    const { extensionId } = scan;
    const work = { extensionId, repository, fresh, counts, media, signal };
    const [failure] = await learnNewVersions(ctx, client, work);
    if (failure !== undefined) return { ...counts, ...failed(ctx, failure), event: "succeed_partly" };
    // A tag that stays broken must not bring the next scan forward for ever.
    if (unanswered[0] !== undefined)
      return { ...counts, error: recordedError(unanswered[0]), event: "succeed_partly" };
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

/**
 * Where each tag points: now, or when it was last asked about. A tag that went meanwhile is left out, and so is one about
 * which the registry cannot answer: that costs this tag only, as long as not many fail.
 */
async function observe(
  tags: readonly string[],
  known: ReadonlyMap<string, string>,
  asked: ReadonlySet<string>,
  resolve: (tag: string) => Promise<{ digest: string }>,
): Promise<{ observed: ObservedTag[]; unanswered: unknown[] }> {
  const unanswered: unknown[] = [];
  const found = await mapConcurrently(tags, LOOKUPS_AT_ONCE, async (tag) => {
    const digest = asked.has(tag) ? undefined : known.get(tag);
    if (digest !== undefined) return { tag, digest };
    try {
      return { tag, digest: (await resolve(tag)).digest };
    } catch (error) {
      if (hasCode(error, "reference_not_found")) return undefined;
      if (!isAboutOneTag(error) || unanswered.length >= UNANSWERED_MAX) throw error;
      unanswered.push(error);
      return undefined;
    }
  });
  return { observed: found.filter((tag) => tag !== undefined), unanswered };
}

/** Unlike a limit, a refusal or a host that does not answer, which the next tag would meet as well. */
function isAboutOneTag(error: unknown): boolean {
  return (
    hasCode(error, "registry_error") ||
    hasCode(error, "registry_protocol") ||
    hasCode(error, "digest_mismatch") ||
    hasCode(error, "media_type_confusion")
  );
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

function failed(ctx: Context, error: unknown): Pick<Outcome, "event" | "error" | "until" | "availability"> {
  const refusal = refusalOf(error);
  // Nothing is gained by asking again soon: somebody has to do something there first.
  if (refusal !== undefined) return { event: "fail", error: recordedError(error), availability: refusal };
  const until = new Date(ctx.clock.now().getTime() + retryDelaySeconds(3, error) * 1000);
  const event = hasCode(error, "registry_rate_limited") ? "hit_rate_limit" : "fail";
  return { event, error: recordedError(error), until };
}
