import { z } from "zod";
import type { Finding } from "@/lib/extension/findings/finding";
import { FINDINGS, findingRule, isFindingCode } from "@/lib/extension/findings/finding-codes";
import { findingHelp } from "@/lib/extension/findings/finding-help";
import type { Severity } from "@/lib/extension/findings/finding-rule";

/** How a policy may change one code. `observe`: still found and recorded, but only as information. */
const RESPONSES = ["off", "warn", "block", "observe"] as const;
export type FindingResponse = (typeof RESPONSES)[number];

const CODES = Object.keys(FINDINGS).filter(isFindingCode);

/** What may stand in the stored policy; unknown keys and codes are refused with their name. */
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
          message: `${code} has the same severity under every policy and cannot be changed.`,
        });
      }
    }),
  /** What happens to new versions of an approved extension. */
  updates: z.enum(["auto_within_envelope", "manual", "auto"]).default("auto_within_envelope"),
  /** How a requirement without an operator is read. */
  bareApiVersion: z.enum(["minimum", "exact"]).default("minimum"),
  /** Whether a person may decide about their own submission. */
  ownDecisions: z.enum(["only_when_alone", "always"]).default("only_when_alone"),
  /** Whether strangers may create accounts, or only the invited. */
  registration: z.enum(["invitation", "open"]).default("invitation"),
});

export type Policy = z.infer<typeof policySchema>;

export const DEFAULT_POLICY: Policy = policySchema.parse({});

/** The findings with the severities that `policy` gives them; those switched off are left out. Order is kept. */
export function applyPolicy(findings: readonly Finding[], policy: Policy): Finding[] {
  return findings.flatMap((finding): Finding[] => {
    const severity = severityOf(finding, policy);
    return severity === "off" ? [] : [{ ...finding, severity }];
  });
}

/** As findings are served: judged, and with the place on this server where the code is explained. */
export type ServedFinding = Finding & { helpUrl: string };

export function servedFindings(findings: readonly Finding[], policy: Policy): ServedFinding[] {
  return applyPolicy(findings, policy).map((finding) => ({ ...finding, helpUrl: findingHelp(finding.code) }));
}

/**
 * The findings that keep a version from being listed by itself: errors under `policy`, and those that always need
 * a person (`needsPerson`), which no policy can switch off.
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
  // What could not be checked is never an error of the publisher's.
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
