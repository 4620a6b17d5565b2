import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/journal/context";
import { recheckSubmission, withdrawSubmission } from "@/lib/marketplace/submissions/submission-acts";
import { submit } from "@/lib/marketplace/submissions/submit";
import type { Queue } from "@/lib/platform/queue";
import { testAudit } from "@/tests/support/audit";
import { openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";
import { manySubmissions } from "@/tests/support/deciders";

const coded = (code: string) => expect.objectContaining({ code });

/** Checks are asked for, and nobody makes them. */
const IDLE: Queue = {
  send: async () => undefined,
  waiting: async () => 0,
  work: () => Promise.reject(new Error("nothing here works on jobs")),
  stop: async () => undefined,
};

describe("limits of accounts", () => {
  let opened: TestDatabase;
  let nowMs = Date.now();

  beforeAll(async () => {
    opened = await openTestDatabase("pglite");
  });
  afterAll(() => opened.close());

  async function person(role: "publisher" | "reviewer"): Promise<Context> {
    const email = `${randomUUID()}@acme.example`;
    const { id } = await opened.db.prisma.user.create({ data: { email, name: "Ada", role } });
    return {
      ...{
        db: opened.db,
        queue: IDLE,
        clock: { now: () => new Date(nowMs) },
        audit: testAudit(),
        acceptsRegistry: () => true,
      },
      ...{
        actor: {
          ...{ kind: "user", userId: id, name: "Ada", role, sessionId: randomUUID() },
          signIn: { method: "password", at: new Date(nowMs) },
        },
        requestId: "test",
      },
    };
  }

  const repository = () => `acme/${randomUUID()}`;
  const open = (ctx: Context) => submit(ctx, { repository: repository() });

  const submitterOf = ({ actor }: Context) => (actor.kind === "user" ? actor.userId : "");

  test("a publisher has at most fifty open submissions; withdrawing one makes room", async () => {
    const ada = await person("publisher");
    const submitterId = submitterOf(ada);
    await manySubmissions(opened.db, { submitterId, state: "in_review", count: 49 });
    await open(ada);
    const audited = await opened.db.prisma.auditEvent.count();
    await expect(open(ada)).rejects.toMatchObject({
      code: "limit_exceeded",
      suggestion: expect.stringContaining("withdraw"),
    });
    expect(await opened.db.prisma.auditEvent.count()).toBe(audited);
    const first = await opened.db.prisma.submission.findFirstOrThrow({ where: { submitterId } });
    await withdrawSubmission(ada, { id: first.id });
    await open(ada);
    await open(await person("publisher"));
  });

  test("submitting and withdrawing again and again ends for the day", async () => {
    const ada = await person("publisher");
    await manySubmissions(opened.db, { submitterId: submitterOf(ada), state: "withdrawn", count: 99 });
    const { submission } = await open(ada);
    await withdrawSubmission(ada, { id: submission.id });
    await expect(open(ada)).rejects.toMatchObject({
      code: "too_many_requests",
      retryAfterSeconds: expect.any(Number),
    });
    nowMs += 24 * 60 * 60 * 1000 + 60_000;
    await open(ada);
  });

  test("a publisher asks for at most sixty checks an hour, a reviewer for more", async () => {
    const ada = await person("publisher");
    const { submission } = await open(ada);
    const again = async (ctx: Context) => {
      await opened.db.prisma.submission.update({
        where: { id: submission.id },
        data: { state: "needs_changes" },
      });
      return recheckSubmission(ctx, { id: submission.id });
    };
    const asked = {
      submissionId: submission.id,
      kind: "check_requested",
      actorName: "Ada",
      at: new Date(nowMs),
    };
    await opened.db.prisma.submissionEvent.createMany({ data: Array.from({ length: 59 }, () => asked) });
    await again(ada);
    await expect(again(ada)).rejects.toEqual(coded("too_many_requests"));
    await again(await person("reviewer"));
    nowMs += 60 * 60 * 1000 + 1;
    await again(ada);
  });
});
