import type { Finding } from "@/lib/extension/findings/finding";
import { type PostRelease, postRelease, postReleaseFindings } from "@/lib/extension/reference/post-release";
import {
  type ShadowingTag,
  shadowingFindings,
  shadowingVersion,
} from "@/lib/extension/reference/shadowing-version";

/** What a whole tag list shows that no single tag does. */
export type TagListFacts = { shadowing: ShadowingTag | undefined; postRelease: PostRelease | undefined };

export const NO_TAG_LIST_FACTS: TagListFacts = { shadowing: undefined, postRelease: undefined };

export function tagListFacts(tags: readonly string[]): TagListFacts {
  return { shadowing: shadowingVersion(tags), postRelease: postRelease(tags) };
}

/** For publishers and reviewers, about the repository. */
export function tagListFindings({ shadowing, postRelease: later }: TagListFacts): Finding[] {
  return [...shadowingFindings(shadowing), ...postReleaseFindings(later)];
}
