import { setImmediate as nextTurn } from "node:timers/promises";
import { compareSemver } from "@/lib/extension/reference/semver";
import { classifyTag, type SkippedTag, type Tag, type VersionTag } from "@/lib/extension/reference/tag";
import { candidateTag } from "@/lib/extension/reference/tag-list";
import { type TagListFacts, tagListFacts } from "@/lib/extension/reference/tag-list-facts";
import type { Task } from "@/lib/platform/threads/task";
import { runTask } from "@/lib/platform/threads/task-threads";
import type { Turn } from "@/lib/platform/workers/worker-pool";

/** Summary of a tag list. */
export type TagSurvey = {
  /** The version to inspect first; undefined if no tag is a version. */
  candidate: Tag | undefined;
  facts: TagListFacts;
  /** The tags that are versions, newest first. */
  versions: string[];
  /** The first 100 tags that are not versions, each with the reason for its publisher. */
  skipped: SkippedTag[];
};

const SKIPPED_MAX = 100;

type SentSurvey = Omit<TagSurvey, "versions"> & { versions: string };

/**
 * Task for a worker thread. Lists cross the thread boundary as one string, which is faster than a hundred thousand
 * small ones.
 */
export const SURVEY_TAGS: Task<string, SentSurvey> = {
  module: "lib/inspection/tag-survey",
  name: "SURVEY_TAGS",
  run: surveyed,
  weigh: (lines) => lines.length * WEIGHT,
};

/** Cost of classifying and sorting a tag, relative to parsing JSON of the same length. */
const WEIGHT = 4;

/** Classifies all tags; a registry can list 100,000 of them. Never throws because of their names. */
export async function surveyTags(tags: readonly string[], turn?: Turn): Promise<TagSurvey> {
  // Yield to other work before building a long string.
  await nextTurn();
  const survey = await runTask(SURVEY_TAGS, tags.join("\n"), turn);
  return { ...survey, versions: linesOf(survey.versions) };
}

function surveyed(lines: string): SentSurvey {
  const tags = linesOf(lines);
  const classified = tags.map(classifyTag);
  const versions = classified.filter((tag): tag is VersionTag => tag.kind === "version");
  return {
    candidate: candidateTag(tags),
    facts: tagListFacts(tags),
    versions: versions
      .sort((a, b) => compareSemver(b.version, a.version))
      .map(({ tag }) => tag)
      .join("\n"),
    skipped: classified.filter((tag) => tag.kind === "skipped").slice(0, SKIPPED_MAX),
  };
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.split("\n");
}
