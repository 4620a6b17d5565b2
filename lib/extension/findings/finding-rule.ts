import { quoted } from "@/lib/extension/text/quoted";

export type Severity = "error" | "warning" | "info";

/** `failed`: the check was made and did not pass. `not_checked`: we could not make it; never the publisher's fault. */
export type FindingOutcome = "failed" | "not_checked";

/** Facts behind a finding (label, value, platform, path); never secrets. */
export type Evidence = Record<string, string | number | boolean | null>;

/** What one finding code means. Severity belongs to the code and the policy's preset, never to the single case. */
export type FindingRule = {
  /** `sdk`: errors only where the first rule of the extension SDK says must. `docker`: errors wherever `docker extension validate` refuses. */
  severity: { sdk: Severity; docker: Severity };
  /** Fixed words for lists and settings. */
  title: string;
  message: (evidence: Evidence) => string;
  suggestion: (evidence: Evidence) => string;
  /** Absent = `failed`. */
  outcome?: FindingOutcome;
  /** A version with this finding is never listed by itself, whatever its severity. */
  needsPerson?: true;
  /** No policy may change this severity. */
  fixed?: true;
};

export const ERROR = { sdk: "error", docker: "error" } as const;
export const WARNING = { sdk: "warning", docker: "warning" } as const;
export const INFO = { sdk: "info", docker: "info" } as const;
/** Tolerated by the SDK's rules, refused by `docker extension validate`. */
export const DOCKER_REFUSES = { sdk: "warning", docker: "error" } as const;

/** An evidence value in quotation marks, safe to stand in a message; a dash when it is absent. */
export function said(evidence: Evidence, key: string): string {
  const value = Object.hasOwn(evidence, key) ? evidence[key] : undefined;
  return value === undefined || value === null ? "–" : quoted(String(value));
}

/** An evidence value as it is, for numbers and words of our own. */
export function plain(evidence: Evidence, key: string): string {
  const value = Object.hasOwn(evidence, key) ? evidence[key] : undefined;
  return value === undefined || value === null ? "–" : String(value);
}
