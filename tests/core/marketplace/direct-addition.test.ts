/** What an admin adds is listed only while they are an admin, and without a review only if none is needed. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { NO_TAG_LIST_FACTS } from "@/lib/extension/reference/tag-list-facts";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { addEntry } from "@/lib/marketplace/submissions/add-entry";
import {
  type CheckOutcome,
  recordSubmissionCheck,
} from "@/lib/marketplace/submissions/record-submission-check";
import { capabilities } from "@/tests/builders/capabilities";
import { writeReleases } from "@/tests/builders/catalog-rows";
import { digestOf, inspectionReport, type ReportChanges } from "@/tests/builders/inspection-report";
import { openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";
import { decider, scanner } from "@/tests/support/deciders";

const SOCKET = { capabilities: capabilities({ dockerSocket: true }) };

describe("a direct addition", () => {
  let database: TestDatabase;
  let admin: Awaited<ReturnType<typeof decider>>;
  let names = 0;

  beforeAll(async () => {
    database = await openTestDatabase("pglite");
    await writeReleases(database.db);
  });

  afterAll(() => database.close());

  beforeEach(async () => {
    names += 1;
    admin = await decider(database.db, "admin");
    await decider(database.db, "reviewer");
  });

  const repository = () => `docker.io/acme/added-${names}`;
  const image = (changes: ReportChanges = {}) =>
    inspectionReport(`added ${names}`, {
      repository: repository(),
      labels: { vendor: `Acme ${names}` },
      ...changes,
    });

  async function add(expectedDigest?: string): Promise<string> {
    const { submission } = await addEntry(admin, {
      ...{ repository: repository(), reason: "Needed.", track: {}, expectedDigest },
    });
    return submission.id;
  }

  /** The check ends with this image; what came of the submission. */
  async function check(submissionId: string, report: InspectionReport) {
    const inspected = { report, media: [] };
    const outcome: CheckOutcome = {
      kind: "inspected",
      tag: "1.0.0",
      inspected,
      skippedTags: [],
      tagList: NO_TAG_LIST_FACTS,
    };
    await recordSubmissionCheck(scanner(database.db), { submissionId, outcome });
    const { prisma } = database.db;
    const submission = await prisma.submission.findUniqueOrThrow({
      where: { id: submissionId },
      include: { timeline: { orderBy: [{ at: "asc" }, { id: "asc" }] } },
    });
    const messages = await prisma.outboxMessage.findMany({
      where: { payload: { path: ["submissionId"], equals: submissionId } },
    });
    return {
      state: submission.state,
      told: submission.timeline.map(({ message }) => message).join(" "),
      messages: messages.map(({ kind }) => kind),
    };
  }

  test("is listed when no review is needed, and no message announces a review", async () => {
    expect(await check(await add(), image())).toMatchObject({
      state: "approved",
      messages: ["submission.approved"],
    });
    const sent = await database.db.prisma.outboxMessage.findMany({
      where: { payload: { path: ["repository"], equals: repository() } },
    });
    // By its canonical name, as in every message.
    expect(sent.map(({ kind }) => kind)).toEqual(["submission.approved"]);
  });

  test("waits for a reviewer when a person has to look and no digest was named", async () => {
    const { state, told, messages } = await check(await add(), image(SOCKET));
    expect({ state, messages }).toEqual({ state: "in_review", messages: ["submission.in_review"] });
    expect(told).toContain("Docker socket), and the admin entered no reviewed digest");
  });

  test("is listed with the reviewed digest, and with no other", async () => {
    const looked = image(SOCKET);
    expect(await check(await add(looked.digest), looked)).toMatchObject({ state: "approved" });
    names += 1;
    const { state, told } = await check(await add(digestOf("another")), image());
    expect(state).toBe("in_review");
    expect(told).toContain("not the reviewed image");
  });

  test.each(["suspended", "reviewer"] as const)(
    "of a person who is %s by then waits for a reviewer",
    async (role) => {
      const report = image();
      const id = await add(report.digest);
      await database.db.prisma.user.update({ where: { id: admin.userId }, data: { role } });
      const { state, told } = await check(id, report);
      expect(state).toBe("in_review");
      expect(told).toContain("is no longer an admin");
      expect(
        await database.db.prisma.entry.count({ where: { extension: { repository: repository() } } }),
      ).toBe(0);
    },
  );

  test("is refused to reviewers, and with a digest that is none", async () => {
    const input = { repository: repository(), reason: "Needed.", track: {} };
    const reviewer = await decider(database.db, "reviewer");
    await expect(addEntry(reviewer, input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(add("latest")).rejects.toMatchObject({
      code: "invalid_input",
      details: { field: "expectedDigest" },
    });
  });
});
