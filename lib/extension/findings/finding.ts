import type { FindingCode } from "@/lib/extension/findings/finding-codes";

export type Severity = "error" | "warning" | "info";

/** `failed`: the check was made and did not pass. `not_checked`: we could not make it; never the publisher's fault. */
export type FindingOutcome = "failed" | "not_checked";

/** Facts behind a finding (label, value, platform, path); never secrets. */
export type Evidence = Record<string, string | number | boolean | null>;

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
