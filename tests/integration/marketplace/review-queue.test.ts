import { randomUUID } from "node:crypto";
/** The reads that the consoles' pages are made of. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { changeTokenOf, readChangeToken, readChangeTokens } from "@/lib/marketplace/submissions/change-token";
import { decide, readDecisionRefusal } from "@/lib/marketplace/submissions/decide";
import { listReviewQueue } from "@/lib/marketplace/submissions/review-queue";
import { replyToSubmission } from "@/lib/marketplace/submissions/submission-commands";
import { getSubmissionReport } from "@/lib/marketplace/submissions/submission-report";
import { getSubmission, listSubmissions } from "@/lib/marketplace/submissions/submissions";
import { startMarketplace, type TestMarketplace } from "@/tests/support/marketplace";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { pushExtension } from "@/tests/support/registries/push";

let registry: DistributionRegistry;
let market: TestMarketplace;

beforeAll(async () => {
  registry = await startDistributionRegistry();
  market = await startMarketplace("pglite", registry.registries);
});

afterAll(async () => {
  await market.close();
  await registry.stop();
});

async function submitted(name: string) {
  await pushExtension(registry, `acme/${name}`, "1.0.0");
  return market.submitAndWait(await market.as("publisher"), `${registry.host}/acme/${name}`);
}

test("the queue is oldest first by when a submission entered it, also after a reply", async () => {
  const reviewer = await market.as("reviewer");
  const first = await submitted("first");
  const second = await submitted("second");
  const before = await listReviewQueue(reviewer, { state: "in_review", limit: 10 });
  expect(before.items.map(({ id }) => id)).toEqual([first.id, second.id]);
  expect(before).toMatchObject({ more: 0, counts: { in_review: 2, approved: 0 } });
  expect(before.items[0]).toMatchObject({ title: "Disk Lens", vendor: "Acme Inc." });

  await replyToSubmission(await market.as("publisher"), { id: first.id, message: "Once more, please." });
  await market.waitForState(reviewer, first.id, "in_review");
  const page = await listReviewQueue(reviewer, { state: "in_review", limit: 1 });
  expect(page.items.map(({ id }) => id)).toEqual([second.id]);
  expect(page.more).toBe(1);
  const rest = await listReviewQueue(reviewer, { state: "in_review", limit: 1, skip: 1 });
  expect(rest.items.map(({ id }) => id)).toEqual([first.id]);
});

test("only deciders read the queue, and publishers see no more than their own", async () => {
  const publisher = await market.as("publisher");
  await expect(listReviewQueue(publisher, { state: "in_review", limit: 10 })).rejects.toMatchObject({
    code: "forbidden",
  });
  const reviewer = await market.as("reviewer");
  const all = await listSubmissions(reviewer, { limit: 10 });
  const mine = await listSubmissions(reviewer, { limit: 10, mine: true });
  expect([all.total, mine.total]).toEqual([2, 0]);
});

test("the pulse is the page's own until something changes, the place in the queue included", async () => {
  const reviewer = await market.as("reviewer");
  const { items } = await listReviewQueue(reviewer, { state: "in_review", limit: 10 });
  const [ahead, behind] = items;
  if (!ahead || !behind) throw new Error("two submissions wait");
  const seen = await getSubmission(reviewer, { id: behind.id });
  expect(await readChangeToken(reviewer, { id: behind.id })).toBe(changeTokenOf(seen));
  const together = await readChangeTokens(reviewer.db, [behind.id, randomUUID()]);
  expect([...together]).toEqual([[behind.id, changeTokenOf(seen)]]);
  await decide(reviewer, { id: ahead.id, decision: "decline", reason: "Not here." });
  const now = await readChangeToken(reviewer, { id: behind.id });
  expect(now).not.toBe(changeTokenOf(seen));
  expect(now).toBe(changeTokenOf(await getSubmission(reviewer, { id: behind.id })));
});

test("a pulse tells nothing about what somebody may not see", async () => {
  const admin = await market.as("admin");
  const { submission } = await submittedBy(admin, "private-matter");
  const publisher = await market.as("publisher");
  await expect(readChangeToken(publisher, { id: submission.id })).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(readChangeToken(publisher, { id: "no id" })).rejects.toMatchObject({ code: "not_found" });
});

test("who may not decide is told before trying, and others are not", async () => {
  const admin = await market.as("admin");
  const { submission } = await submittedBy(admin, "own-matter");
  expect(await readDecisionRefusal(admin, { id: submission.id })).toMatchObject({ code: "own_submission" });
  expect(await readDecisionRefusal(await market.as("reviewer"), { id: submission.id })).toBeUndefined();
});

test("a check that we could not make says how often it was tried and when it is tried again", async () => {
  const publisher = await market.as("publisher");
  await registry.halt();
  const failed = await market.submitAndWait(publisher, `${registry.host}/acme/away`);
  expect(failed).toMatchObject({ state: "errored", retry: { attempts: 1 } });
  expect(Object.keys(failed.error ?? {})).toEqual(["code", "message", "suggestion"]);
  expect(new Date(failed.retry?.at ?? 0).getTime()).toBeGreaterThan(new Date(failed.updatedAt).getTime());
  await registry.resume();
});

test("a repository that had no approval is compared with none", async () => {
  const { id } = await submitted("compared");
  expect(await getSubmissionReport(await market.as("reviewer"), { id })).toMatchObject({
    comparedWith: null,
    capabilityChanges: [],
    report: { repository: `${registry.host}/acme/compared` },
  });
});

async function submittedBy(ctx: Awaited<ReturnType<TestMarketplace["as"]>>, name: string) {
  await pushExtension(registry, `acme/${name}`, "1.0.0");
  return { submission: await market.submitAndWait(ctx, `${registry.host}/acme/${name}`) };
}
