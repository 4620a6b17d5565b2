import { quoted } from "@/lib/extension/text/quoted";

export type Severity = "error" | "warning" | "info";

/** `failed`: the check ran and did not pass. `not_checked`: the check could not run, which is never the publisher's fault. */
export type FindingOutcome = "failed" | "not_checked";

/** Facts behind a finding, such as label, value, platform or path. Never secrets. */
export type Evidence = Record<string, string | number | boolean | null>;

/** Definition of one finding code. The severity depends on the code and the policy's preset, never on the single case. */
export type FindingRule = {
  /** Severity by preset. `sdk`: an error only for what cannot work. `docker`: also for what `docker extension validate` rejects. */
  severity: { sdk: Severity; docker: Severity };
  /** Noun phrase for lists and settings. */
  title: string;
  message: (evidence: Evidence) => string;
  suggestion: (evidence: Evidence) => string;
  /** Default: `failed`. */
  outcome?: FindingOutcome;
  /** A version with this finding is never listed automatically, whatever its severity. */
  needsPerson?: true;
  /** Policies cannot change the severity. */
  fixed?: true;
};

export const ERROR = { sdk: "error", docker: "error" } as const;
export const WARNING = { sdk: "warning", docker: "warning" } as const;
export const INFO = { sdk: "info", docker: "info" } as const;
/** Allowed by the SDK's rules, rejected by `docker extension validate`. */
export const DOCKER_REFUSES = { sdk: "warning", docker: "error" } as const;

/** An untrusted evidence value for a message: escaped and in quotation marks. A dash when absent. */
export function quotedValue(evidence: Evidence, key: string): string {
  const value = Object.hasOwn(evidence, key) ? evidence[key] : undefined;
  return value === undefined || value === null ? "–" : quoted(String(value));
}

/** An evidence value without quotation marks, for numbers and Gantry's own words. A dash when absent. */
export function rawValue(evidence: Evidence, key: string): string {
  const value = Object.hasOwn(evidence, key) ? evidence[key] : undefined;
  return value === undefined || value === null ? "–" : String(value);
}
