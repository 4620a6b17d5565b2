import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES, openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";

describe.each(ENGINES)("what the schema's own rules refuse on %s", (engine) => {
  let open: TestDatabase;

  beforeAll(async () => {
    open = await openTestDatabase(engine);
    await query(`INSERT INTO "AuditEvent" ("sequence", "at", "actorKind", "actorName", "action", "subjectKind",
      "subjectId", "previousHash", "hash") VALUES (1, now(), 'system', 'x', 'x.y', 'x', '1', '0', '1')`);
    await query(`INSERT INTO "ListingEvent" ("sequence", "at", "repository", "cause")
      VALUES (1, now(), 'docker.io/acme/disk-lens', 'x')`);
  });

  afterAll(() => open.close());

  const query = (sql: string, values: unknown[] = []) => open.db.pool.query(sql, values);

  describe.each(["AuditEvent", "ListingEvent"])("%s", (table) => {
    test.each([
      ["UPDATE", `UPDATE "${table}" SET "at" = now()`],
      ["DELETE", `DELETE FROM "${table}"`],
      ["TRUNCATE", `TRUNCATE "${table}"`],
      ["TRUNCATE … CASCADE", `TRUNCATE "${table}" CASCADE`],
      ["an upsert that changes", upsert(table)],
    ])("%s", async (_name, sql) => {
      const before = (await query(`SELECT * FROM "${table}"`)).rows;
      await expect(query(sql)).rejects.toThrow(`${table} is append-only`);
      expect((await query(`SELECT * FROM "${table}"`)).rows).toEqual(before);
    });
  });

  function upsert(table: string): string {
    return `INSERT INTO "${table}" SELECT * FROM "${table}" ON CONFLICT ("sequence") DO UPDATE SET "at" = now()`;
  }

  test("a second open submission of one extension, but not one after a closed one", async () => {
    const [extension, user] = [randomUUID(), randomUUID()];
    await query(`INSERT INTO "Extension" ("id", "repository") VALUES ($1, $2)`, [extension, extension]);
    await query(
      `INSERT INTO "User" ("id", "email", "name", "role", "updatedAt") VALUES ($1, $2, 'x', 'publisher', now())`,
      [user, user],
    );
    const submit = (state: string) =>
      query(
        `INSERT INTO "Submission" ("id", "extensionId", "submitterId", "state", "updatedAt")
         VALUES ($1, $2, $3, $4::"SubmissionState", now())`,
        [randomUUID(), extension, user, state],
      );
    for (const closed of ["approved", "declined", "withdrawn"]) await submit(closed);
    await submit("checking");
    for (const state of ["checking", "in_review", "needs_changes", "errored"])
      await expect(submit(state)).rejects.toThrow("Submission_one_open");
  });

  test("a second accepted digest of one tag", async () => {
    const [extension, inspection] = [randomUUID(), randomUUID()];
    await query(`INSERT INTO "Extension" ("id", "repository") VALUES ($1, $2)`, [extension, extension]);
    await query(
      `INSERT INTO "Inspection" ("id", "extensionId", "digest", "state", "updatedAt") VALUES ($1, $2, 'd', 'inspected', now())`,
      [inspection, extension],
    );
    const accept = (digest: string, current: boolean) =>
      query(
        `INSERT INTO "Version" ("id", "extensionId", "tag", "semver", "digest", "inspectionId", "visibility", "current")
         VALUES ($1, $2, '1.0.0', '1.0.0', $3, $4, 'listed', $5)`,
        [randomUUID(), extension, digest, inspection, current],
      );
    await accept("first", false);
    await accept("second", true);
    await expect(accept("third", true)).rejects.toThrow("Version_one_current");
  });
});
