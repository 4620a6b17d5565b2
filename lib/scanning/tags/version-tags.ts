/** Which tags count as versions: notes on those that are skipped, and pairs such as `1.2.3` and `v1.2.3` that collide. */

import { parseDigest } from "@/lib/extension/reference/digest";
import { arrangeTags } from "@/lib/extension/reference/tag-list";
import type { TagSurvey } from "@/lib/inspection/tag-survey";
import type { ObservedTag, SkippedTagNote } from "@/lib/marketplace/rows/observed-tag";
import type { Task } from "@/lib/platform/threads/task";
import { runTask } from "@/lib/platform/threads/task-threads";
import type { Turn } from "@/lib/platform/workers/worker-pool";

/** The skipped tags, each with the reason that its publisher reads. */
export function skippedNotes({ skipped }: Pick<TagSurvey, "skipped">): SkippedTagNote[] {
  return skipped.map(({ tag, reason, message }) => ({ tag, reason, message }));
}

/** Two tags of one version with different images. Of two new ones, only `kept`, the plain tag, counts. */
export type Collision = { kept: string; dropped: string };

/** For a thread: arranging 100,000 tags takes a second. */
export const FIND_COLLISIONS: Task<string, Collision[]> = {
  module: "lib/scanning/tags/version-tags",
  name: "FIND_COLLISIONS",
  run: (lines) => collisionsAmong(lines === "" ? [] : lines.split("\n").map(tagAndDigest)),
  weigh: (lines) => lines.length,
};

function tagAndDigest(line: string): ObservedTag {
  const [tag = "", digest = ""] = line.split(" ");
  return { tag, digest };
}

/** The tags where `1.2.3` and `v1.2.3` are different images. */
export function findCollisions(observed: readonly ObservedTag[], turn?: Turn): Promise<Collision[]> {
  return runTask(FIND_COLLISIONS, observed.map(({ tag, digest }) => `${tag} ${digest}`).join("\n"), turn);
}

function collisionsAmong(observed: readonly ObservedTag[]): Collision[] {
  const listed = observed.flatMap(({ tag, digest }) => {
    const parsed = parseDigest(digest);
    return parsed === undefined ? [] : [{ tag, digest: parsed }];
  });
  return arrangeTags(listed).collisions.map(({ kept, dropped }) => ({
    kept: kept.tag,
    dropped: dropped.tag,
  }));
}

/** A note on the tag that does not count: the plain one counts, unless the other one was there before. */
export function collisionNotes(
  collisions: readonly Collision[],
  isKnown: (tag: string) => boolean,
): SkippedTagNote[] {
  return collisions.map(({ kept, dropped }) => {
    const [first, later] = isKnown(dropped) && !isKnown(kept) ? [dropped, kept] : [kept, dropped];
    const ending = isKnown(first)
      ? `${first} was there before, so a reviewer decides on ${later}.`
      : `${first} counts.`;
    return {
      tag: later,
      reason: "version_collision",
      message: `${later} and ${first} are the same version with different images; ${ending} Delete one of the tags, or push both from one build.`,
    };
  });
}
