import { z } from "zod";
import type { Finding } from "@/lib/extension/findings/finding";
import { FINDINGS, findingHelp, findingRule, isFindingCode } from "@/lib/extension/findings/finding-codes";
import type { Severity } from "@/lib/extension/findings/finding-rule";

/** How a policy can change one code. `observe`: still recorded, but only as information. */
const RESPONSES = ["off", "warn", "block", "observe"] as const;
export type FindingResponse = (typeof RESPONSES)[number];

const CODES = Object.keys(FINDINGS).filter(isFindingCode);

/** Schema of the stored policy. Unknown keys and codes are rejected by name. */
export const policySchema = z.strictObject({
  preset: z.enum(["sdk", "docker"]).default("sdk"),
  severities: z
    .partialRecord(z.enum(CODES), z.enum(RESPONSES))
    .default({})
    .superRefine((severities, context) => {
      for (const code of CODES) {
        if (severities[code] === undefined || findingRule(code).fixed !== true) continue;
        context.addIssue({
          code: "custom",
          path: [code],
          message: `The severity of ${code} is fixed and cannot be changed.`,
        });
      }
    }),
  /** What happens to new versions of an approved extension. */
  updates: z.enum(["auto_within_envelope", "manual", "auto"]).default("auto_within_envelope"),
  /** How to read a requirement without an operator: as a minimum or as the exact version. */
  bareApiVersion: z.enum(["minimum", "exact"]).default("minimum"),
  /** When reviewers may decide on their own submissions. */
  ownDecisions: z.enum(["only_when_alone", "always"]).default("only_when_alone"),
  /** Who may create an account. */
  registration: z.enum(["invitation", "open"]).default("invitation"),
});

export type Policy = z.infer<typeof policySchema>;

export const DEFAULT_POLICY: Policy = policySchema.parse({});

/** Findings with their severities under `policy`, in order, without those that it switches off. */
export function applyPolicy(findings: readonly Finding[], policy: Policy): Finding[] {
  return findings.flatMap((finding): Finding[] => {
    const severity = severityOf(finding, policy);
    return severity === "off" ? [] : [{ ...finding, severity }];
  });
}

/** A finding as served: with its effective severity and the URL path of its documentation. */
export type ServedFinding = Finding & { helpUrl: string };

export function servedFindings(findings: readonly Finding[], policy: Policy): ServedFinding[] {
  return applyPolicy(findings, policy).map((finding) => ({ ...finding, helpUrl: findingHelp(finding.code) }));
}

/**
 * The findings that prevent automatic listing: errors under `policy`, and those that always need manual review
 * (`needsPerson`), which no policy can switch off.
 */
export function blockingFindings(findings: readonly Finding[], policy: Policy): Finding[] {
  return findings.flatMap((finding): Finding[] => {
    const severity = severityOf(finding, policy);
    if (severity === "error") return [{ ...finding, severity }];
    if (findingRule(finding.code).needsPerson !== true) return [];
    return [{ ...finding, severity: severity === "off" ? "info" : severity }];
  });
}

function severityOf(finding: Finding, policy: Policy): Severity | "off" {
  const rule = findingRule(finding.code);
  const response = rule.fixed === true ? undefined : policy.severities[finding.code];
  const severity = response === undefined ? rule.severity[policy.preset] : severityFor(response);
  // A check that could not run is never the publisher's fault, hence never an error.
  return severity === "error" && finding.outcome === "not_checked" ? "warning" : severity;
}

function severityFor(response: FindingResponse): Severity | "off" {
  switch (response) {
    case "off":
      return "off";
    case "warn":
      return "warning";
    case "block":
      return "error";
    case "observe":
      return "info";
  }
}
