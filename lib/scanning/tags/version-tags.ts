/** Which tags count as versions: notes on those that are skipped, and pairs such as `1.2.3` and `v1.2.3` that collide. */

import { parseDigest } from "@/lib/extension/reference/digest";
import { arrangeTags } from "@/lib/extension/reference/tag-list";
import type { TagSurvey } from "@/lib/inspection/tag-survey";
import type { ObservedTag } from "@/lib/marketplace/rows/observed-tag";
import type { SkippedTagNote } from "@/lib/marketplace/rows/skipped-tag-note";
import type { Task } from "@/lib/platform/threads/task";
import { runTask } from "@/lib/platform/threads/task-threads";
import type { Turn } from "@/lib/platform/threads/thread-pool";

/** The skipped tags, each with the reason that its publisher reads. */
export function skippedNotes({ skipped }: Pick<TagSurvey, "skipped">): SkippedTagNote[] {
  return skipped.map(({ tag, reason, message }) => ({ tag, reason, message }));
}

/** For a thread: arranging 100,000 tags takes a second. */
export const FIND_COLLISIONS: Task<string, SkippedTagNote[]> = {
  module: "lib/scanning/tags/version-tags",
  name: "FIND_COLLISIONS",
  run: (lines) => collisionsAmong(lines === "" ? [] : lines.split("\n").map(tagAndDigest)),
  weigh: (lines) => lines.length,
};

function tagAndDigest(line: string): ObservedTag {
  const [tag = "", digest = ""] = line.split(" ");
  return { tag, digest };
}

/** Where `1.2.3` and `v1.2.3` lead to different images only the plain tag counts: the tags that do not count. */
export function findCollisions(observed: readonly ObservedTag[], turn?: Turn): Promise<SkippedTagNote[]> {
  return runTask(FIND_COLLISIONS, observed.map(({ tag, digest }) => `${tag} ${digest}`).join("\n"), turn);
}

function collisionsAmong(observed: readonly ObservedTag[]): SkippedTagNote[] {
  const listed = observed.flatMap(({ tag, digest }) => {
    const parsed = parseDigest(digest);
    return parsed === undefined ? [] : [{ tag, digest: parsed }];
  });
  const { collisions } = arrangeTags(listed);
  return collisions.map((collision) => ({
    tag: collision.dropped.tag,
    reason: "version_collision",
    message: `${collision.dropped.tag} and ${collision.kept.tag} are the same version with different images; ${collision.kept.tag} counts.`,
  }));
}
