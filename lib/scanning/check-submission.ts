/** The job behind a submission: find the candidate, inspect it, and hand the outcome to the marketplace. */

import { DOCKER_HUB } from "@/lib/extension/reference/registry-host";
import { familiarName, parseRepository } from "@/lib/extension/reference/repository";
import { requireCandidate } from "@/lib/inspection/candidate";
import { attributeError } from "@/lib/inspection/error-attribution";
import { inspect } from "@/lib/inspection/inspect";
import { surveyTags } from "@/lib/inspection/tag-survey";
import type { Context } from "@/lib/journal/context";
import { storedLayerFacts } from "@/lib/marketplace/inspections/layer-facts";
import type { CredentialsPlace } from "@/lib/marketplace/registry-credentials/credentials-input";
import { usableCredentials } from "@/lib/marketplace/registry-credentials/usable-credentials";
import { recordedError } from "@/lib/marketplace/rows/json-columns";
import type { SkippedTagNote } from "@/lib/marketplace/rows/observed-tag";
import { type SubmissionToCheck, submissionToCheck } from "@/lib/marketplace/submissions/pending-checks";
import {
  type CheckOutcome,
  recordSubmissionCheck,
} from "@/lib/marketplace/submissions/record-submission-check";
import type { MediaPort } from "@/lib/media/media-port";
import { AppError } from "@/lib/platform/errors";
import type { RegistryClient } from "@/lib/registry/client";
import { credentialsFor } from "@/lib/registry/registry-credentials";
import { withStoredCredentials } from "@/lib/scanning/credentials/with-credentials";
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
  await recordSubmissionCheck(ctx, { submissionId: submission.id, outcome: await afterDenial(outcome) });

  /** Publishers' checks never use stored credentials: a submission proves no right to the repository. */
  async function afterDenial(anonymous: CheckOutcome): Promise<CheckOutcome> {
    if (!isDenied(anonymous) || !submission) return anonymous;
    const covered = credentialsFor(await usableCredentials(ctx.db), parseRepository(submission.repository));
    if (covered === undefined) return anonymous;
    if (!submission.useCredentials)
      return isMeantAsPrivate(covered)
        ? { kind: "private", error: recordedError(notPublic(submission)) }
        : anonymous;
    const read = (each: RegistryClient) => look(ctx, each, submission, input);
    return { ...(await withStoredCredentials(ctx, client, read)), isPrivate: true };
  }
}

/**
 * Credentials for all of Docker Hub raise its pull limit. A repository there that Gantry cannot read is a mistake of its
 * publisher, far more often than a private one.
 */
function isMeantAsPrivate({ host, namespace }: CredentialsPlace): boolean {
  return host !== DOCKER_HUB || namespace !== "";
}

/** Registries also deny strangers a private repository by calling it missing. */
function isDenied(outcome: CheckOutcome): boolean {
  const codes = ["registry_auth_required", "repository_not_found"];
  return outcome.kind === "rejected" && codes.includes(outcome.error.code);
}

function notPublic({ repository }: SubmissionToCheck): AppError {
  return new AppError(
    "registry_auth_required",
    `Gantry cannot read ${familiarName(parseRepository(repository))} without credentials.`,
    { suggestion: "A reviewer decides whether to check it with the credentials of this marketplace." },
  );
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
