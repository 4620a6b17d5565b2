/** Performs the steps of one extension in the demo. */

import { setTimeout as sleep } from "node:timers/promises";
import { type Client, type Json, objectAt, textAt } from "@/scripts/demo/client";
import { imageBuilder } from "@/scripts/demo/image/extension";
import type { BuiltImage } from "@/scripts/demo/image/image";
import { signedBy } from "@/scripts/demo/image/provenance";
import { pushImage } from "@/scripts/demo/image/push";
import { signatureOf } from "@/scripts/demo/image/signature";
import type { DemoExtension, DemoVersion, PersonName, Step } from "@/scripts/demo/scenario/extension";

export type Stage = {
  clients: Record<PersonName, Client>;
  registryUrl: string;
  /** Origin of the files that labels link to. */
  mediaUrl: string;
};

const POLL_MS = 400;
const WAIT_MS = 60_000;
const SCAN_WAIT_SECONDS = 60;

export async function tellStory(extension: DemoExtension, stage: Stage): Promise<void> {
  const { repository, versions, story } = extension;
  const build = imageBuilder(extension, stage.mediaUrl);
  const push = (version: DemoVersion) => pushVersion(stage.registryUrl, extension, version, build(version));
  for (const version of versions) await push(version);
  let submission: Json = {};
  for (const step of story) {
    if (step.do === "push") await push(step.version);
    else submission = await act(step, repository, submission, stage);
  }
}

/** The signature follows its image, as in a release workflow. */
async function pushVersion(
  registryUrl: string,
  extension: DemoExtension,
  version: DemoVersion,
  image: BuiltImage,
): Promise<void> {
  const { repository } = extension;
  await pushImage(registryUrl, repository, version.tag, image);
  if (version.signed === undefined) return;
  const { tag, image: signature } = signatureOf(version.signed, image.root, signedBy(extension, version));
  await pushImage(registryUrl, repository, tag, signature);
}

type Act = Exclude<Step, { do: "push" }>;

/** Returns the updated submission. */
async function act(step: Act, repository: string, submission: Json, stage: Stage): Promise<Json> {
  const { reviewer } = stage.clients;
  switch (step.do) {
    case "submit":
      return submit(stage.clients[step.by], repository, step.expect);
    case "approve": {
      const expectedDigest = textAt(objectAt(submission, "candidate"), "digest");
      const track = step.range === undefined ? {} : { track: "range", range: step.range };
      return decide(reviewer, submission, { decision: "approve", expectedDigest, ...track });
    }
    case "request_changes":
      return decide(reviewer, submission, { decision: step.do, reason: step.reason });
    case "scan":
      await scan(reviewer, repository);
      return submission;
    case "yank":
      await reviewer("POST", `/api/v1/extensions/${repository}/-/versions/${step.tag}/yank`, {
        reason: step.reason,
      });
      return submission;
    case "deprecate": {
      const { message, replacement } = step;
      await reviewer("PATCH", `/api/v1/extensions/${repository}`, { deprecated: { message, replacement } });
      return submission;
    }
    case "suspend":
    case "revoke":
      await reviewer("PATCH", `/api/v1/allow-list/${repository}`, {
        state: step.do === "suspend" ? "suspended" : "revoked",
        reason: step.reason,
      });
      return submission;
  }
}

async function submit(publisher: Client, repository: string, expected: string): Promise<Json> {
  const { id } = await publisher("POST", "/api/v1/submissions", { repository });
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const submission = await publisher("GET", `/api/v1/submissions/${id}`);
    if (submission.state === expected) return submission;
    if (submission.state !== "checking" || Date.now() > deadline) {
      throw new Error(`${repository} should be ${expected}: ${JSON.stringify(submission)}`);
    }
    await sleep(POLL_MS);
  }
}

function decide(reviewer: Client, submission: Json, decision: Json): Promise<Json> {
  return reviewer("POST", `/api/v1/submissions/${textAt(submission, "id")}/decision`, decision);
}

/** The scan starts after this request, so it sees everything pushed before. */
async function scan(reviewer: Client, repository: string): Promise<void> {
  const target = `/api/v1/extensions/${repository}/-/scan?wait=${SCAN_WAIT_SECONDS}`;
  const { state, error } = await reviewer("POST", target);
  if (state !== "ok" && state !== "unchanged") {
    throw new Error(`The scan of ${repository} ended as ${state}: ${JSON.stringify(error)}`);
  }
}
