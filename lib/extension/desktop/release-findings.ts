import { neverMatches, type Releases } from "@/lib/extension/desktop/desktop-release";
import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import { combineRequirements, parseRequirement, type Reading } from "@/lib/extension/requirement/requirement";

/**
 * What the table of Desktop releases, as it is now, says of a version's requirements. No part of an inspection: the table
 * grows, and the policy may read a bare version otherwise tomorrow.
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
