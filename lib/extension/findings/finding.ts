import { type FindingCode, findingRule } from "@/lib/extension/findings/finding-codes";
import type { Evidence, FindingOutcome, Severity } from "@/lib/extension/findings/finding-rule";
import { maskSecrets } from "@/lib/extension/secrets/find-secrets";
import { visible } from "@/lib/extension/text/quoted";

/** The outcome of one check that did not simply pass. */
export type Finding = {
  code: FindingCode;
  severity: Severity;
  outcome: FindingOutcome;
  /** What is wrong, as one sentence with the value in it where that helps. */
  message: string;
  /** The Dockerfile line, command or act that fixes it. */
  suggestion: string;
  evidence: Evidence;
};

/** Longest evidence value that is kept, in characters. */
const MAX_EVIDENCE_CHARACTERS = 300;

/**
 * A finding with the severity of the preset `sdk`; `applyPolicy` sets the one in force. `message` replaces the
 * rule's own words. Secrets are taken out of evidence; it is shortened, and unprintable characters are spelled out.
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

/** Masked before it is shortened, so that no cut hides what a secret looks like. */
function withoutSecrets(text: string): string {
  return maskSecrets(text.slice(0, MAX_EVIDENCE_CHARACTERS * 10));
}
