/** What happens to one extension in the demo, step after step. */

import { setTimeout as sleep } from "node:timers/promises";
import { type Client, type Json, objectAt, textAt } from "@/scripts/demo/client";
import { buildExtension } from "@/scripts/demo/image/extension";
import { pushImage } from "@/scripts/demo/image/push";
import type { DemoExtension, DemoVersion, PersonName, Step } from "@/scripts/demo/scenario/extension";

export type Stage = { clients: Record<PersonName, Client>; registryUrl: string };

const POLL_MS = 100;
const WAIT_MS = 60_000;
const SCAN_WAIT_SECONDS = 60;

export async function tellStory(extension: DemoExtension, stage: Stage): Promise<void> {
  for (const version of extension.versions) await push(extension, version, stage);
  let submission: Json = {};
  for (const step of extension.story) submission = await act(step, extension, submission, stage);
}

/** Gives the submission as it is afterwards. */
async function act(step: Step, extension: DemoExtension, submission: Json, stage: Stage): Promise<Json> {
  const { reviewer } = stage.clients;
  const { repository } = extension;
  switch (step.do) {
    case "submit":
      return submit(stage.clients[step.by], repository, step.expect);
    case "approve": {
      const expectedDigest = textAt(objectAt(submission, "candidate"), "digest");
      const track = step.range === undefined ? {} : { track: "range", range: step.range };
      return decide(reviewer, submission, { decision: "approve", expectedDigest, ...track });
    }
    case "request_changes":
    case "decline":
      return decide(reviewer, submission, { decision: step.do, reason: step.reason });
    case "push":
      await push(extension, step.version, stage);
      return submission;
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
      await reviewer("PATCH", `/api/v1/allow-list/${repository}`, {
        state: "suspended",
        reason: step.reason,
      });
      return submission;
  }
}

async function push(extension: DemoExtension, version: DemoVersion, { registryUrl }: Stage): Promise<void> {
  await pushImage(registryUrl, extension.repository, version.tag, buildExtension(extension, version));
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

/** The scan that is answered begins after this request, so it sees everything that was pushed before. */
async function scan(reviewer: Client, repository: string): Promise<void> {
  const target = `/api/v1/extensions/${repository}/-/scan?wait=${SCAN_WAIT_SECONDS}`;
  const { state, error } = await reviewer("POST", target);
  if (state !== "ok" && state !== "unchanged") {
    throw new Error(`The scan of ${repository} ended as ${state}: ${JSON.stringify(error)}`);
  }
}
