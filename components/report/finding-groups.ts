import type { Finding } from "@/lib/extension/findings/finding";

export type FindingGroup = { kind: FindingGroupKind; findings: Finding[] };

/** Most severe first. */
export type FindingGroupKind = "needs_you" | "our_problem" | "could_be_better" | "good_to_know";

const ORDER = ["needs_you", "our_problem", "could_be_better", "good_to_know"] as const;

/** Findings by who has to act, most severe first, without empty groups. */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  return ORDER.map((kind) => ({
    kind,
    findings: findings.filter((finding) => groupOf(finding) === kind),
  })).filter((group) => group.findings.length > 0);
}

/** Findings of one code in the order of the first, most of which differ in a label, path or platform. */
export function byCode(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<Finding["code"], Finding[]>();
  for (const finding of findings) {
    const others = groups.get(finding.code);
    if (others === undefined) groups.set(finding.code, [finding]);
    else others.push(finding);
  }
  return [...groups.values()];
}

/** A check that could not run is never the publisher's fault, whatever its severity. */
function groupOf({ outcome, severity }: Finding): FindingGroupKind {
  if (outcome === "not_checked") return "our_problem";
  switch (severity) {
    case "error":
      return "needs_you";
    case "warning":
      return "could_be_better";
    case "info":
      return "good_to_know";
  }
}

/** `2 to fix, 1 not checked, 3 warnings`; undefined without findings. */
export function findingSummary(findings: readonly Finding[]): string | undefined {
  const parts = groupFindings(findings).map(({ kind, findings: { length } }) => countOf(kind, length));
  return parts.length === 0 ? undefined : parts.join(", ");
}

function countOf(kind: FindingGroupKind, count: number): string {
  switch (kind) {
    case "needs_you":
      return `${count} to fix`;
    case "our_problem":
      return `${count} not checked`;
    case "could_be_better":
      return count === 1 ? "1 warning" : `${count} warnings`;
    case "good_to_know":
      return count === 1 ? "1 note" : `${count} notes`;
  }
}
