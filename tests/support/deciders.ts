/** A marketplace of rows alone: no registry and no worker, but people with accounts who decide. */

import { randomUUID } from "node:crypto";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import type { SubmissionState } from "@/lib/extension/states/submission";
import { type Actor, type Role, SCOPES } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import { recordVersions } from "@/lib/marketplace/versions/record-versions";
import { systemClock } from "@/lib/platform/clock";
import type { Database } from "@/lib/platform/db/database";
import type { Queue } from "@/lib/platform/queue";
import { inspectionReport } from "@/tests/builders/inspection-report";
import { testAudit } from "@/tests/support/audit";

/** Takes jobs and runs none. */
const SILENT_QUEUE: Queue = {
  send: async () => undefined,
  waiting: async () => 0,
  work: async () => undefined,
  stop: async () => undefined,
};

const AUDIT = testAudit();

/** A new user with this role and an account. */
export async function decider(db: Database, role: Role): Promise<Context & { userId: string }> {
  const user = await db.prisma.user.create({
    data: { email: `${role}-${randomUUID()}@acme.example`, name: `The ${role}`, role, passwordHash: "none" },
  });
  const actor: Actor = {
    ...{ kind: "token", userId: user.id, tokenId: randomUUID() },
    ...{ name: user.name, role, scopes: SCOPES },
  };
  return { ...contextOf(db, actor), userId: user.id };
}

export function contextOf(db: Database, actor: Actor): Context {
  return {
    ...{ db, queue: SILENT_QUEUE, clock: systemClock, audit: AUDIT },
    ...{ acceptsRegistry: () => true, actor, requestId: undefined },
  };
}

export function scanner(db: Database): Context {
  return contextOf(db, { kind: "system", name: "scanning" });
}

/** As a scan that finds this image under the tag. */
export async function found(db: Database, repository: string, tag: string, report: InspectionReport) {
  const { id } = await db.prisma.extension.findUniqueOrThrow({ where: { repository } });
  const inspected = { report, media: [] };
  return recordVersions(scanner(db), {
    extensionId: id,
    found: [{ tag, digest: report.digest, learned: { kind: "inspected", inspected } }],
  });
}

/** A submission in the review queue whose candidate is this image. */
export async function inReview(
  db: Database,
  submission: { repository: string; tag: string; report: InspectionReport; submitterId: string },
): Promise<{ id: string; digest: string }> {
  const { repository, tag, report, submitterId } = submission;
  const extension = await db.prisma.extension.upsert({
    where: { repository },
    create: { repository },
    update: {},
  });
  const place = { extensionId: extension.id, digest: report.digest };
  const inspection = await db.prisma.inspection.upsert({
    where: { extensionId_digest: place },
    create: { ...place, state: "inspected", report: JSON.parse(JSON.stringify(report)) },
    update: {},
  });
  const { id } = await db.prisma.submission.create({
    data: {
      ...{ extensionId: extension.id, submitterId, state: "in_review", queuedAt: new Date() },
      ...{ candidateTag: tag, candidateDigest: report.digest, inspectionId: inspection.id },
    },
  });
  return { id, digest: report.digest };
}

/** Submissions of one person, each of a repository of its own. */
export async function manySubmissions(
  db: Database,
  submission: { submitterId: string; state: SubmissionState; count: number },
): Promise<void> {
  const { submitterId, state, count } = submission;
  const ids = Array.from({ length: count }, () => randomUUID());
  await db.prisma.extension.createMany({
    data: ids.map((id) => ({ id, repository: `docker.io/acme/${id}` })),
  });
  await db.prisma.submission.createMany({
    data: ids.map((extensionId) => ({ extensionId, submitterId, state })),
  });
}

/** An image whose index is new and whose first platform is that of `report`, as a rebuilt index has it. */
export function withPlatformOf(report: InspectionReport, seed: string): InspectionReport {
  const fresh = inspectionReport(seed);
  const [shared] = report.platforms;
  const [, own] = fresh.platforms;
  if (!shared || !own) throw new Error("both reports name two platforms");
  return { ...fresh, platforms: [shared, own] };
}
