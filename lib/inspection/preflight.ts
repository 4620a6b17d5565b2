import { type Finding, makeFinding } from "@/lib/extension/findings/finding";
import type { Digest } from "@/lib/extension/reference/digest";
import type { Reference } from "@/lib/extension/reference/reference";
import { familiarName, type Repository } from "@/lib/extension/reference/repository";
import { classifyTag, type SkippedTag, type Tag } from "@/lib/extension/reference/tag";
import { versionInsteadOf } from "@/lib/extension/reference/tag-advice";
import { findingsAboutTag, NO_TAG_LIST_FACTS } from "@/lib/extension/reference/tag-list-facts";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { requireCandidate } from "@/lib/inspection/candidate";
import { inspect } from "@/lib/inspection/inspect";
import type { InspectOptions } from "@/lib/inspection/inspect-options";
import type { InspectionProgress } from "@/lib/inspection/progress";
import { surveyTags, type TagSurvey } from "@/lib/inspection/tag-survey";
import { isAppError } from "@/lib/platform/errors";

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
 * and digest it inspects the highest version of the repository, as a submission does. A tag list that the registry
 * does not give is a finding, because some registries serve images without one. Throws what `inspect` and the registry
 * client throw, and `no_semver_tags`.
 */
export async function preflight({ reference, onProgress, ...options }: PreflightOptions): Promise<Preflight> {
  const { repository, digest } = reference;
  const chosen =
    reference.tag === undefined && digest === undefined ? await choose(repository, options) : undefined;
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
  const aboutTags = tag === undefined ? [] : await tagFindings(tag, reference, chosen?.list, options);
  return { tag: tag ?? null, report: { ...report, findings: [...report.findings, ...aboutTags] } };
}

type Asked = Pick<PreflightOptions, "client" | "signal">;
type SurveyedList = { complete: boolean; survey: TagSurvey };

async function choose(repository: Repository, asked: Asked): Promise<{ tag: Tag; list: SurveyedList }> {
  const { tags, ...list } = await surveyedList(repository, asked);
  return { tag: requireCandidate(repository, tags, list.survey), list };
}

async function surveyedList(repository: Repository, { client, signal }: Asked) {
  const { tags, complete } = await client.tags(repository, { ...(signal && { signal }) });
  return { tags, complete, survey: await surveyTags(tags, { signal }) };
}

/** What a submission says about the tag, and the reason why it would never be listed; scans skip such tags silently. */
async function tagFindings(
  tag: Tag,
  { repository, digest }: Reference,
  known: SurveyedList | undefined,
  asked: Asked,
): Promise<Finding[]> {
  const classified = classifyTag(tag);
  if (classified.kind === "skipped") return [tagFinding(classified)];
  // A digest, or an image that was never pushed, belongs to no list of tags.
  if (digest !== undefined) return [];
  try {
    const { complete, survey } = known ?? (await surveyedList(repository, asked));
    return findingsAboutTag(tag, complete ? survey.facts : NO_TAG_LIST_FACTS);
  } catch (error) {
    asked.signal?.throwIfAborted();
    if (!isAppError(error)) throw error;
    return [makeFinding("tags_not_checked", { why: error.message.replace(/\.$/, "") })];
  }
}

function tagFinding({ tag, reason }: SkippedTag): Finding {
  const onePlatform = reason === "platform_suffix_tag";
  return makeFinding("tag_not_semver", { tag, onePlatform, instead: versionInsteadOf(tag) ?? "1.2.0" });
}
