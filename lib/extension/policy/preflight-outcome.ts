import { findingRule } from "@/lib/extension/findings/finding-codes";
import { applyPolicy, type Policy } from "@/lib/extension/policy/policy";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";

/**
 * `pass`: it could be submitted as it is. `needs_you`: something about the image has to be changed first.
 * `our_problem`: nothing is wrong as far as is known, but what decides could not be read.
 */
export const PREFLIGHT_OUTCOMES = ["pass", "needs_you", "our_problem"] as const;
export type PreflightOutcome = (typeof PREFLIGHT_OUTCOMES)[number];

/** Fails closed: only an inspected extension without errors, of which everything needed was read, passes. */
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
