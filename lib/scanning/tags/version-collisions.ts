import { parseDigest } from "@/lib/extension/digest";
import { arrangeTags } from "@/lib/extension/tag-list";
import type { SkippedTagNote } from "@/lib/marketplace/record-submission-check";
import type { ObservedTag } from "@/lib/marketplace/record-versions";

/** Where `1.2.3` and `v1.2.3` lead to different images only the plain tag counts. */
export function withoutCollisions(observed: readonly ObservedTag[]): {
  kept: ObservedTag[];
  collisions: SkippedTagNote[];
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
