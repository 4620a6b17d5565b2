import { setImmediate as nextTurn } from "node:timers/promises";
import { type BlockingTag, blockingHighVersion } from "@/lib/extension/reference/blocking-version";
import { compareSemver } from "@/lib/extension/reference/semver";
import { classifyTag, type SkippedTag, type Tag, type VersionTag } from "@/lib/extension/reference/tag";
import { candidateTag } from "@/lib/extension/reference/tag-list";
import type { Task } from "@/lib/platform/threads/task";
import { runTask } from "@/lib/platform/threads/task-threads";
import type { Turn } from "@/lib/platform/workers/worker-pool";

/** What a whole list of tags says. */
export type TagSurvey = {
  /** The version to look at first; undefined where no tag is a version. */
  candidate: Tag | undefined;
  blocking: BlockingTag | undefined;
  /** The tags that are versions, newest first. */
  versions: string[];
  /** The first 100 tags that are none, each with the reason for its publisher. */
  skipped: SkippedTag[];
};

const SKIPPED_MAX = 100;

type SentSurvey = Omit<TagSurvey, "versions"> & { versions: string };

/** For a thread. Lists go there and back as one text, which is copied faster than a hundred thousand small ones. */
export const SURVEY_TAGS: Task<string, SentSurvey> = {
  module: "lib/inspection/tag-survey",
  name: "SURVEY_TAGS",
  run: surveyed,
  weigh: (lines) => lines.length * WEIGHT,
};

/** Classifying and sorting a tag takes as long as parsing some times its length of JSON. */
const WEIGHT = 4;

/** Looks through all tags: a registry may list 100,000 of them. Never throws for what they are called. */
export async function surveyTags(tags: readonly string[], turn?: Turn): Promise<TagSurvey> {
  // Other work gets its turn before a long list is put together.
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
    blocking: blockingHighVersion(tags),
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
