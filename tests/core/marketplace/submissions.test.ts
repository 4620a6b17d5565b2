/** Opening submissions, and deciding on them. */

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Context } from "@/lib/journal/context";
import { decide } from "@/lib/marketplace/submissions/decide";
import { submit } from "@/lib/marketplace/submissions/submit";
import { writeReleases } from "@/tests/builders/catalog-rows";
import { inspectionReport } from "@/tests/builders/inspection-report";
import { openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";
import { decider, inReview } from "@/tests/support/deciders";

const IMAGE = inspectionReport("submitted");

let database: TestDatabase;
let publisher: Context & { userId: string };
let reviewer: Context;
let repository: string;

beforeAll(async () => {
  database = await openTestDatabase("pglite");
  await writeReleases(database.db);
  publisher = await decider(database.db, "publisher");
  reviewer = await decider(database.db, "reviewer");
});
afterAll(() => database?.close());

beforeEach(() => {
  repository = `docker.io/acme/${randomUUID()}`;
});

const waiting = () =>
  inReview(database.db, { repository, tag: "1.0.0", report: IMAGE, submitterId: publisher.userId });

test("submitting again answers the open submission; others are told, and so is who submits what is listed", async () => {
  const { id } = await waiting();
  const typed = `docker pull ${repository}:1.0.0`;
  expect(await submit(publisher, { repository: typed })).toMatchObject({
    created: false,
    submission: { id },
  });
  const admin = await decider(database.db, "admin");
  await expect(submit(admin, { repository })).rejects.toMatchObject({ code: "already_open" });
  await decide(reviewer, { id, decision: "approve", expectedDigest: IMAGE.digest });
  await expect(submit(publisher, { repository })).rejects.toMatchObject({ code: "already_listed" });
});

test("a repository on a registry that is not allowed is refused", async () => {
  const picky = { ...publisher, acceptsRegistry: (host: string) => host === "docker.io" };
  const submitted = submit(picky, { repository: "ghcr.io/acme/disk-lens" });
  await expect(submitted).rejects.toMatchObject({ code: "registry_not_allowed" });
});

test("a decision about a digest that is no longer the candidate changes nothing", async () => {
  const { id } = await waiting();
  const audited = await database.db.prisma.auditEvent.count();
  const stale = { id, decision: "approve", expectedDigest: `sha256:${"1".repeat(64)}` } as const;
  await expect(decide(reviewer, stale)).rejects.toMatchObject({ code: "digest_moved", status: 409 });
  expect(await database.db.prisma.version.count({ where: { extension: { repository } } })).toBe(0);
  expect(await database.db.prisma.auditEvent.count()).toBe(audited);
});
