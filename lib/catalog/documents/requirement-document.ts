import type { RequirementDocument } from "@/lib/catalog/documents/documents";
import type { JudgedBy } from "@/lib/catalog/documents/judged-by";
import type { PublicReport } from "@/lib/catalog/documents/known-version";
import { minimumDesktop } from "@/lib/extension/desktop/desktop-release";
import { combineRequirements, parseRequirement } from "@/lib/extension/requirement/requirement";

export function requirementDocument(
  requirements: PublicReport["requirements"],
  { policy, releases }: JudgedBy,
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
