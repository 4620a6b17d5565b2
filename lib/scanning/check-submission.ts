/** The job behind a submission: find the candidate, inspect it, and hand the outcome to the marketplace. */

import { parseRepository } from "@/lib/extension/reference/repository";
import { requireCandidate } from "@/lib/inspection/candidate";
import { attributeError } from "@/lib/inspection/error-attribution";
import { inspect } from "@/lib/inspection/inspect";
import { surveyTags } from "@/lib/inspection/tag-survey";
import type { Context } from "@/lib/journal/context";
import { storedLayerFacts } from "@/lib/marketplace/inspections/layer-facts";
import { recordedError } from "@/lib/marketplace/rows/json-columns";
import type { SkippedTagNote } from "@/lib/marketplace/rows/observed-tag";
import { type SubmissionToCheck, submissionToCheck } from "@/lib/marketplace/submissions/pending-checks";
import {
  type CheckOutcome,
  recordSubmissionCheck,
} from "@/lib/marketplace/submissions/record-submission-check";
import type { MediaPort } from "@/lib/media/media-port";
import type { RegistryClient } from "@/lib/registry/client";
import { isFinal, retryDelaySeconds } from "@/lib/scanning/scan-error";
import { skippedNotes } from "@/lib/scanning/tags/version-tags";

export type CheckInput = { submissionId: string; media?: MediaPort | undefined; signal: AbortSignal };

export async function checkSubmission(
  ctx: Context,
  client: RegistryClient,
  input: CheckInput,
): Promise<void> {
  const submission = await submissionToCheck(ctx, input.submissionId);
  if (!submission) return;
  const outcome = await look(ctx, client, submission, input);
  await recordSubmissionCheck(ctx, { submissionId: submission.id, outcome });
}

async function look(
  ctx: Context,
  client: RegistryClient,
  submission: SubmissionToCheck,
  { media, signal }: CheckInput,
): Promise<CheckOutcome> {
  const noted: SkippedTagNote[] = [];
  try {
    const repository = parseRepository(submission.repository);
    const { tags, complete } = await client.tags(repository, { signal });
    const survey = await surveyTags(tags, { signal });
    noted.push(...skippedNotes(survey));
    const tag = requireCandidate(repository, tags, survey);
    const layerFacts = storedLayerFacts(ctx.db, client, repository);
    const inspected = await inspect({
      client,
      repository,
      reference: tag,
      layerFacts,
      media,
      supplyChain: "registry",
      signal,
    });
    return {
      kind: "inspected",
      tag,
      inspected,
      skippedTags: noted,
      tagList: complete ? survey.facts : undefined,
    };
  } catch (error) {
    signal.throwIfAborted();
    if (attributeError(error) === "publishers")
      return { kind: "rejected", error: recordedError(error), skippedTags: noted };
    return {
      kind: "failed",
      error: recordedError(error),
      retryAfterSeconds: isFinal(error) ? undefined : retryDelaySeconds(submission.attempts, error),
    };
  }
}
