import { findingRule } from "@/lib/extension/findings/finding-codes";
import { applyPolicy, type Policy } from "@/lib/extension/policy/policy";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";

/**
 * Result of a pre-flight check. `pass`: ready to submit. `needs_you`: the publisher must change the image first.
 * `our_problem`: no problem found, but Gantry could not read everything that decides.
 */
export const PREFLIGHT_OUTCOMES = ["pass", "needs_you", "our_problem"] as const;
export type PreflightOutcome = (typeof PREFLIGHT_OUTCOMES)[number];

/** Fails closed: passes only an inspected extension without errors of which everything relevant was read. */
export function preflightOutcome(
  { state, findings }: Pick<InspectionReport, "state" | "findings">,
  policy: Policy,
): PreflightOutcome {
  if (state === "unreadable") return "our_problem";
  if (state === "invalid") return "needs_you";
  if (applyPolicy(findings, policy).some(({ severity }) => severity === "error")) return "needs_you";
  const isOpen = findings.some(
    ({ code, outcome }) => outcome === "not_checked" && findingRule(code).needsPerson === true,
  );
  return isOpen ? "our_problem" : "pass";
}
