import { COMPOSE_FINDINGS } from "@/lib/extension/findings/compose-findings";
import type { Evidence, Finding } from "@/lib/extension/findings/finding";
import type { FindingRule } from "@/lib/extension/findings/finding-rule";
import { IMAGE_FINDINGS } from "@/lib/extension/findings/image-findings";
import { LABEL_FINDINGS } from "@/lib/extension/findings/label-findings";
import { MEDIA_FINDINGS } from "@/lib/extension/findings/media-findings";
import { METADATA_FILE_FINDINGS } from "@/lib/extension/findings/metadata-file-findings";
import { METADATA_FINDINGS } from "@/lib/extension/findings/metadata-findings";
import { SECRET_FINDINGS } from "@/lib/extension/findings/secret-findings";
import { VENDOR_FINDINGS } from "@/lib/extension/findings/vendor-findings";
import { maskSecrets } from "@/lib/extension/secrets/find-secrets";
import { visible } from "@/lib/extension/text/quoted";

/** Longest evidence value that is kept, in characters. */
const MAX_EVIDENCE_CHARACTERS = 300;

/** Every check that can fail. A code keeps its meaning for ever; words and severities may change. */
export const FINDINGS = {
  ...IMAGE_FINDINGS,
  ...LABEL_FINDINGS,
  ...METADATA_FILE_FINDINGS,
  ...METADATA_FINDINGS,
  ...COMPOSE_FINDINGS,
  ...MEDIA_FINDINGS,
  ...VENDOR_FINDINGS,
  ...SECRET_FINDINGS,
} as const satisfies Record<string, FindingRule>;

export type FindingCode = keyof typeof FINDINGS;

/** True when `text` is a finding code of this release. */
export function isFindingCode(text: string): text is FindingCode {
  return Object.hasOwn(FINDINGS, text);
}

/** The rule of a code, with its optional parts. */
export function findingRule(code: FindingCode): FindingRule {
  return FINDINGS[code];
}

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
