import { type FindingRule, quotedValue, rawValue, WARNING } from "@/lib/extension/findings/finding-rule";

const OWN_NAME = "Set the vendor label to your own name or your company's. A reviewer then decides.";

/** Findings about the vendor name of an extension. All of them need a reviewer. */
export const VENDOR_FINDINGS = {
  reserved_vendor: {
    severity: WARNING,
    needsPerson: true,
    title: "Vendor name of another company",
    message: (evidence) =>
      `The vendor ${quotedValue(evidence, "vendor")} refers to ${rawValue(evidence, "name")}, but the repository does not belong to them.`,
    suggestion: () => OWN_NAME,
  },
  vendor_lookalike: {
    severity: WARNING,
    needsPerson: true,
    title: "Lookalike vendor name",
    message: (evidence) =>
      `The vendor ${quotedValue(evidence, "vendor")} looks like ${rawValue(evidence, "name")}.`,
    suggestion: () => OWN_NAME,
  },
  vendor_mixed_script: {
    severity: WARNING,
    needsPerson: true,
    title: "Vendor name in mixed scripts",
    message: (evidence) =>
      `The vendor ${quotedValue(evidence, "vendor")} mixes letters from several scripts in one word (${rawValue(evidence, "scripts")}).`,
    suggestion: () => "Use letters from a single script in each word.",
  },
} satisfies Record<string, FindingRule>;
