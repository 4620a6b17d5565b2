import { type FindingRule, rawValue, WARNING } from "@/lib/extension/findings/finding-rule";

/** Findings about secrets in an image. Evidence names the kind and the place, never the secret. */
export const SECRET_FINDINGS = {
  secret_found: {
    severity: WARNING,
    needsPerson: true,
    title: "Secret in the image",
    message: (evidence) =>
      `There appears to be ${rawValue(evidence, "what")} in ${rawValue(evidence, "place")}. Everyone who can pull the image can read it.`,
    suggestion: () =>
      "Revoke the secret, then build the image without it. Pass secrets to a build with: docker buildx build --secret id=token …",
  },
} satisfies Record<string, FindingRule>;
