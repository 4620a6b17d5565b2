import type { Finding } from "@/lib/extension/findings/finding";
import {
  isPostReleaseTag,
  type PostRelease,
  postRelease,
  postReleaseFindings,
} from "@/lib/extension/reference/post-release";
import {
  type ShadowingTag,
  shadowingFindings,
  shadowingVersion,
} from "@/lib/extension/reference/shadowing-version";

/** What a whole tag list shows that no single tag does. */
export type TagListFacts = { shadowing: ShadowingTag | null; postRelease: PostRelease | null };

export const NO_TAG_LIST_FACTS: TagListFacts = { shadowing: null, postRelease: null };

export function tagListFacts(tags: readonly string[]): TagListFacts {
  return { shadowing: shadowingVersion(tags) ?? null, postRelease: postRelease(tags) ?? null };
}

/** The findings about a version's own tag in its list. */
export function findingsAboutTag(tag: string, facts: TagListFacts): Finding[] {
  const own = facts.shadowing?.tag === tag ? shadowingFindings(facts.shadowing) : [];
  return [...own, ...aboutPostRelease(tag, facts)];
}

/** The same for a submission with this candidate, also when another tag shadows it since the check. */
export function findingsAboutCandidate(tag: string | null, facts: TagListFacts): Finding[] {
  const shadowing = facts.shadowing === null ? [] : shadowingFindings(facts.shadowing);
  return tag === null ? shadowing : [...shadowing, ...aboutPostRelease(tag, facts)];
}

/** On the tag itself, and on the newest stable version, where stable users stay. */
function aboutPostRelease(tag: string, { postRelease: newest }: TagListFacts): Finding[] {
  if (newest !== null && (newest.tag === tag || newest.stable === tag)) return postReleaseFindings(newest);
  return isPostReleaseTag(tag) ? postReleaseFindings({ tag, stable: null }) : [];
}
