import { FINDINGS, findingRule, isFindingCode } from "@/lib/extension/findings/finding-codes";
import { type ListingVerdict, listingVerdict } from "@/lib/extension/policy/listing-verdict";
import { type Policy, policySchema } from "@/lib/extension/policy/policy";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";

const PRESETS = ["sdk", "docker"] as const;
const UPDATES = ["auto_within_envelope", "auto", "manual"] as const;

const changeable = Object.keys(FINDINGS)
  .filter(isFindingCode)
  .filter((code) => findingRule(code).fixed !== true);
const ALL_OFF = Object.fromEntries(changeable.map((code) => [code, "off"]));

/** Every preset with every rule for updates, and once more with all findings off that a policy can switch off. */
export const POLICIES: readonly (readonly [name: string, policy: Policy])[] = PRESETS.flatMap((preset) =>
  UPDATES.flatMap((updates) => [
    [`${preset}, ${updates}`, policySchema.parse({ preset, updates })] as const,
    [`${preset}, ${updates}, all off`, policySchema.parse({ preset, updates, severities: ALL_OFF })] as const,
  ]),
);

/** What becomes of a version that does exactly what was approved, and that no person has looked at. */
export function verdictUnder(policy: Policy, report: InspectionReport): ListingVerdict {
  const { capabilities, digest, findings, metadata, state } = report;
  const envelope = { capabilities, approved: [] };
  const partialProof = metadata?.proof === "partial";
  return listingVerdict({
    policy,
    envelope,
    tag: "1.0.1",
    digest,
    state,
    capabilities,
    findings,
    partialProof,
  });
}

/** The policies under which a person must list the version. */
export function holdingPolicies(report: InspectionReport): string[] {
  return POLICIES.filter(([, policy]) => verdictUnder(policy, report).visibility === "held").map(
    ([name]) => name,
  );
}
