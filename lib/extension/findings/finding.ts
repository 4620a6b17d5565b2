import { type FindingCode, findingRule } from "@/lib/extension/findings/finding-codes";
import type { Evidence, FindingOutcome, Severity } from "@/lib/extension/findings/finding-rule";
import { maskSecrets } from "@/lib/extension/secrets/find-secrets";
import { visible } from "@/lib/extension/text/quoted";

/** The result of a check that did not pass. */
export type Finding = {
  code: FindingCode;
  severity: Severity;
  outcome: FindingOutcome;
  /** What is wrong, with the value where that helps. */
  message: string;
  /** The Dockerfile line, command or action that fixes it. */
  suggestion: string;
  evidence: Evidence;
};

/** Evidence values are truncated to this length. */
const MAX_EVIDENCE_CHARACTERS = 300;

/**
 * Creates a finding with the severity of the preset `sdk`; `applyPolicy` sets the effective one. `message` replaces
 * the rule's own. Evidence is masked for secrets, truncated, and escaped where it has unprintable characters.
 */
export function makeFinding(code: FindingCode, evidence: Evidence = {}, message?: string): Finding {
  const rule = findingRule(code);
  const clean = cleanEvidence(evidence);
  return {
    code,
    severity: rule.severity.sdk,
    outcome: rule.outcome ?? "failed",
    message: message === undefined ? rule.message(clean) : maskSecrets(message),
    suggestion: rule.suggestion(clean),
    evidence: clean,
  };
}

function cleanEvidence(evidence: Evidence): Evidence {
  return Object.fromEntries(
    Object.entries(evidence).map(([key, value]) => [
      key,
      typeof value === "string" ? visible(withoutSecrets(value), MAX_EVIDENCE_CHARACTERS) : value,
    ]),
  );
}

/** Masks before truncating: a truncated secret would no longer match its pattern. */
function withoutSecrets(text: string): string {
  return maskSecrets(text.slice(0, MAX_EVIDENCE_CHARACTERS * 10));
}
