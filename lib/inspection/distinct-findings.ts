import type { Finding } from "@/lib/extension/finding";

/** The findings without repetitions: what is the same on several platforms is told once, for the first of them. */
export function distinctFindings(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, Finding>();
  for (const finding of findings) {
    const { platform: _platform, ...evidence } = finding.evidence;
    const key = "otherPlatform" in evidence ? JSON.stringify(finding) : JSON.stringify([finding.code, evidence]);
    if (!seen.has(key)) seen.set(key, finding);
  }
  return [...seen.values()];
}
