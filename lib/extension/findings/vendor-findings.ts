import { type FindingRule, quotedValue, rawValue, WARNING } from "@/lib/extension/findings/finding-rule";

const OWN_NAME =
  "Write the name of the maker that people know you by into the vendor label; a reviewer decides.";

/** Findings about whose name an extension carries. They always wait for a person. */
export const VENDOR_FINDINGS = {
  reserved_vendor: {
    severity: WARNING,
    needsPerson: true,
    title: "Vendor name of somebody else",
    message: (evidence) =>
      `The vendor ${quotedValue(evidence, "vendor")} is ${rawValue(evidence, "name")}, but the repository is not theirs.`,
    suggestion: () => OWN_NAME,
  },
  vendor_lookalike: {
    severity: WARNING,
    needsPerson: true,
    title: "Vendor name that looks like another",
    message: (evidence) =>
      `The vendor ${quotedValue(evidence, "vendor")} looks like ${rawValue(evidence, "name")}.`,
    suggestion: () => OWN_NAME,
  },
  vendor_mixed_script: {
    severity: WARNING,
    needsPerson: true,
    title: "Vendor name in mixed scripts",
    message: (evidence) =>
      `The vendor ${quotedValue(evidence, "vendor")} mixes letters of several scripts in one word (${rawValue(evidence, "scripts")}).`,
    suggestion: () => "Write each word with the letters of one script.",
  },
} satisfies Record<string, FindingRule>;
