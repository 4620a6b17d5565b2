import type { RequirementDocument } from "@/lib/catalog/documents/documents";
import type { EvaluationContext } from "@/lib/catalog/documents/evaluation-context";
import type { PublicReport } from "@/lib/catalog/documents/known-version";
import { minimumDesktop } from "@/lib/extension/desktop/desktop-release";
import { combineRequirements, parseRequirement } from "@/lib/extension/requirement/requirement";

export function requirementDocument(
  requirements: PublicReport["requirements"],
  { policy, releases }: EvaluationContext,
): RequirementDocument {
  const requirement = combineRequirements(requirements.map(({ raw }) => parseRequirement(raw)));
  const reading = policy.bareApiVersion;
  const base = { raw: requirement.raw, reading };
  if (requirement.kind === "unreadable") {
    return { ...base, range: null, readings: null, minimumDesktop: null, message: requirement.message };
  }
  const { minimum, exact } = requirement.readings;
  return {
    ...base,
    range: requirement.readings[reading].text,
    readings: { minimum: minimum.text, exact: exact.text },
    minimumDesktop: minimumDesktop(requirement, releases, reading),
    message: null,
  };
}
