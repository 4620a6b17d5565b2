import { neverMatches, type Releases } from "@/lib/extension/desktop/desktop-release";
import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import { combineRequirements, parseRequirement, type Reading } from "@/lib/extension/requirement/requirement";

/**
 * Findings about a version's requirements by the current table of Desktop releases. Not part of an inspection,
 * because the table grows and the policy for bare versions can change.
 */
export function releaseFindings(
  requirements: readonly { raw: string | null }[],
  releases: Releases,
  reading: Reading,
): Finding[] {
  const requirement = combineRequirements(requirements.map(({ raw }) => parseRequirement(raw)));
  if (!neverMatches(requirement, releases, reading)) return [];
  return [makeFinding("requirement_never_matches", { value: requirement.raw })];
}
