import type { Finding } from "@/lib/extension/findings/finding";
import { MAX_FINDINGS_PER_CODE } from "@/lib/extension/findings/finding-list";

/**
 * The findings without repetitions: what is the same on several platforms is told once, for the first of them. At
 * most `MAX_FINDINGS_PER_CODE` of one code are kept.
 */
export function distinctFindings(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  const counts = new Map<string, number>();
  return findings.filter((finding) => {
    const key = keyOf(finding);
    const count = counts.get(finding.code) ?? 0;
    if (seen.has(key) || count >= MAX_FINDINGS_PER_CODE) return false;
    seen.add(key);
    counts.set(finding.code, count + 1);
    return true;
  });
}

function keyOf(finding: Finding): string {
  if (isAboutPlatforms(finding)) return JSON.stringify(finding);
  const { platform: _platform, ...evidence } = finding.evidence;
  return JSON.stringify([finding.code, evidence]);
}

/** The platform is what is wrong then, not only where it was seen. */
function isAboutPlatforms({ code, evidence }: Finding): boolean {
  return code.includes("platform_") || Object.hasOwn(evidence, "otherPlatform");
}
