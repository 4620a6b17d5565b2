import type { Finding } from "@/lib/extension/findings/finding";
import { MAX_FINDINGS_PER_CODE } from "@/lib/extension/findings/finding-list";

/**
 * Removes repeated findings: a finding that several platforms share is reported once, for the first of them. Keeps at
 * most `MAX_FINDINGS_PER_CODE` per code.
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

/** Whether the finding is about the platform itself, rather than just located there. */
function isAboutPlatforms({ code, evidence }: Finding): boolean {
  return code.includes("platform_") || Object.hasOwn(evidence, "otherPlatform");
}
