import { COMPOSE_FINDINGS } from "@/lib/extension/findings/compose-findings";
import type { FindingRule } from "@/lib/extension/findings/finding-rule";
import { IMAGE_FINDINGS } from "@/lib/extension/findings/image-findings";
import { LABEL_FINDINGS } from "@/lib/extension/findings/label-findings";
import { MEDIA_FINDINGS } from "@/lib/extension/findings/media-findings";
import { METADATA_FILE_FINDINGS } from "@/lib/extension/findings/metadata-file-findings";
import { METADATA_FINDINGS } from "@/lib/extension/findings/metadata-findings";
import { NAMED_FILE_FINDINGS } from "@/lib/extension/findings/named-file-findings";
import { SECRET_FINDINGS } from "@/lib/extension/findings/secret-findings";
import { VENDOR_FINDINGS } from "@/lib/extension/findings/vendor-findings";

/** All finding codes with their rules. The meaning of a code never changes; texts and severities can. */
export const FINDINGS = {
  ...IMAGE_FINDINGS,
  ...LABEL_FINDINGS,
  ...METADATA_FILE_FINDINGS,
  ...METADATA_FINDINGS,
  ...NAMED_FILE_FINDINGS,
  ...COMPOSE_FINDINGS,
  ...MEDIA_FINDINGS,
  ...VENDOR_FINDINGS,
  ...SECRET_FINDINGS,
} as const satisfies Record<string, FindingRule>;

export type FindingCode = keyof typeof FINDINGS;

/** Whether this release knows the finding code. */
export function isFindingCode(text: string): text is FindingCode {
  return Object.hasOwn(FINDINGS, text);
}

/** The rule of a code, typed with its optional fields. */
export function findingRule(code: FindingCode): FindingRule {
  return FINDINGS[code];
}

/** The URL path of a code's documentation on this server. */
export function findingHelp(code: FindingCode): string {
  return `/docs/findings#${code}`;
}
