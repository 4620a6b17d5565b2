import { makeFinding } from "@/lib/extension/findings/finding";
import type { Digest } from "@/lib/extension/reference/digest";
import type { Reference } from "@/lib/extension/reference/reference";
import { familiarName } from "@/lib/extension/reference/repository";
import { blockingFindingsOf, type ShadowingTag } from "@/lib/extension/reference/shadowing-version";
import { classifyTag, type Tag } from "@/lib/extension/reference/tag";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { versionLabelFindings } from "@/lib/extension/report/version-label";
import { requireCandidate } from "@/lib/inspection/candidate";
import { inspect } from "@/lib/inspection/inspect";
import type { InspectOptions } from "@/lib/inspection/inspect-options";
import type { InspectionProgress } from "@/lib/inspection/progress";
import { surveyTags } from "@/lib/inspection/tag-survey";

/** The steps of the inspection, preceded by the choice of tag or digest. */
export type PreflightProgress =
  | { step: "reference"; repository: string; tag: Tag | null; digest: Digest | null }
  | InspectionProgress;

export type PreflightOptions = Omit<InspectOptions, "repository" | "reference" | "onProgress"> & {
  reference: Reference;
  onProgress?: ((progress: PreflightProgress) => void) | undefined;
};

/** `tag`: the requested or chosen tag; null when only a digest was given. */
export type Preflight = { tag: Tag | null; report: InspectionReport };

/**
 * Pre-flight check: the report that a submission of this reference would get, without submitting it. Without a tag
 * and digest it inspects the highest version of the repository, as a submission does. Throws what `inspect` and the
 * registry client throw, and `no_semver_tags`.
 */
export async function preflight({ reference, onProgress, ...options }: PreflightOptions): Promise<Preflight> {
  const { repository, digest } = reference;
  const chosen =
    reference.tag === undefined && digest === undefined ? await choose(reference, options) : undefined;
  const tag = reference.tag ?? chosen?.tag;
  onProgress?.({
    step: "reference",
    repository: familiarName(repository),
    tag: tag ?? null,
    digest: digest ?? null,
  });
  const wanted = {
    supplyChain: "registry" as const,
    ...options,
    repository,
    reference: digest ?? tag ?? "",
    ...(onProgress && { onProgress }),
  };
  const { report } = await inspect(wanted);
  const blocking = chosen === undefined ? [] : blockingFindingsOf(chosen.tag, chosen.blocking);
  const labels = tag === undefined ? [] : versionLabelFindings(report.platforms, tag);
  const known = { ...report, findings: [...report.findings, ...blocking, ...labels] };
  return { tag: tag ?? null, report: withTagFinding(known, tag) };
}

async function choose(
  { repository }: Reference,
  { client, signal }: Pick<PreflightOptions, "client" | "signal">,
): Promise<{ tag: Tag; blocking: ShadowingTag | undefined }> {
  const { tags } = await client.tags(repository, { ...(signal && { signal }) });
  const survey = await surveyTags(tags, { signal });
  return { tag: requireCandidate(repository, tags, survey), blocking: survey.blocking };
}

/** Adds the reason why this tag would never be listed. Scans skip such tags silently. */
function withTagFinding(report: InspectionReport, tag: Tag | undefined): InspectionReport {
  if (tag === undefined || classifyTag(tag).kind === "version") return report;
  return { ...report, findings: [...report.findings, makeFinding("tag_not_semver", { tag })] };
}
