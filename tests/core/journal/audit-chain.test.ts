import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemActor } from "@/lib/journal/actor";
import { type AuditEntry, appendAudit } from "@/lib/journal/audit";
import { checkAuditChain } from "@/lib/journal/audit-check";
import { hashOf } from "@/lib/journal/audit-hash";
import { auditKeys } from "@/lib/journal/audit-keys";
import { canonicalJson } from "@/lib/journal/canonical-json";
import type { Context } from "@/lib/journal/context";
import { keepCheckpoints } from "@/lib/journal/keep-checkpoints";
import { appendMessage } from "@/lib/journal/outbox";
import { transact } from "@/lib/platform/db/transact";
import fc from "@/tests/builders/fast-check";
import { testAudit } from "@/tests/support/audit";
import { openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";

describe("the audit chain", () => {
  let open: TestDatabase;
  let ctx: Context;
  let clock: Date | undefined;

  beforeAll(async () => {
    open = await openTestDatabase("pglite");
    ctx = {
      db: open.db,
      queue: { send: unused, waiting: async () => 0, work: unused, stop: unused },
      clock: { now: () => clock ?? new Date() },
      audit: testAudit(),
      acceptsRegistry: () => true,
      actor: systemActor("the test"),
      requestId: "request-1",
    };
  });

  beforeEach(async () => {
    clock = undefined;
    await asOwner(`TRUNCATE "AuditEvent"`);
  });

  afterAll(() => open.close());

  const entry = (n: number, more: Partial<AuditEntry> = {}): AuditEntry => ({
    action: "thing.change",
    subject: { kind: "thing", id: String(n) },
    before: { n: n - 1 },
    after: { n },
    reason: `Number ${n}.`,
    ...more,
  });
  const append = (n: number, more?: Partial<AuditEntry>) =>
    transact(open.db, (tx) => appendAudit(tx, ctx, entry(n, more)));
  const sequences = async () =>
    (await open.db.prisma.auditEvent.findMany({ orderBy: { sequence: "asc" } })).map(({ sequence }) =>
      Number(sequence),
    );

  /** What only a superuser can do: the triggers do not fire. */
  async function asOwner(sql: string, values: unknown[] = []): Promise<void> {
    const client = await open.db.pool.connect();
    try {
      await client.query("SET session_replication_role = replica");
      await client.query(sql, values);
    } finally {
      await client.query("SET session_replication_role = origin");
      client.release();
    }
  }

  test("is whole when it is empty", async () => {
    expect(await checkAuditChain(ctx)).toEqual({
      ok: true,
      rows: 0,
      head: "0".repeat(64),
      next: null,
      checkpoint: null,
    });
  });

  test("never lets its time run backwards, whatever a clock says", async () => {
    for (const at of ["2030-01-01T00:00:02Z", "2030-01-01T00:00:01Z", "2030-01-01T00:00:03Z"]) {
      clock = new Date(at);
      await append(1);
    }
    const times = (await open.db.prisma.auditEvent.findMany({ orderBy: { sequence: "asc" } })).map(
      ({ at }) => at,
    );
    expect(times.map((at) => at.getUTCSeconds())).toEqual([2, 2, 3]);
    expect(await checkAuditChain(ctx)).toMatchObject({ ok: true });
  });

  describe("finds what was tampered with", () => {
    const ROWS = 12;

    beforeEach(async () => {
      for (let n = 1; n <= ROWS; n += 1) await append(n);
    });

    test.each([
      ["a changed reason", `UPDATE "AuditEvent" SET "reason" = 'Another.' WHERE "sequence" = 5`, 5],
      ["a removed reason", `UPDATE "AuditEvent" SET "reason" = NULL WHERE "sequence" = 1`, 1],
      ["a changed actor", `UPDATE "AuditEvent" SET "actorName" = 'Mallory' WHERE "sequence" = 12`, 12],
      ["a changed time", `UPDATE "AuditEvent" SET "at" = "at" + interval '1 ms' WHERE "sequence" = 7`, 7],
      ["a changed value", `UPDATE "AuditEvent" SET "after" = '{"n": 99}' WHERE "sequence" = 3`, 3],
      ["an added field", `UPDATE "AuditEvent" SET "before" = '{"n": 2, "x": null}' WHERE "sequence" = 3`, 3],
      ["a request id", `UPDATE "AuditEvent" SET "requestId" = 'other' WHERE "sequence" = 4`, 4],
      ["a removed row", `DELETE FROM "AuditEvent" WHERE "sequence" = 6`, 7],
      ["a removed beginning", `DELETE FROM "AuditEvent" WHERE "sequence" < 4`, 4],
      [
        "two rows in each other's place",
        `UPDATE "AuditEvent" a SET "subjectId" = b."subjectId" FROM "AuditEvent" b
           WHERE (a."sequence" = 8 AND b."sequence" = 9) OR (a."sequence" = 9 AND b."sequence" = 8)`,
        8,
      ],
      ["a forged hash", `UPDATE "AuditEvent" SET "hash" = repeat('a', 64) WHERE "sequence" = 10`, 10],
    ])("%s", async (_name, sql, brokenAt) => {
      await asOwner(sql);
      const check = await checkAuditChain(ctx);
      expect(check).toMatchObject({ ok: false, brokenAt: String(brokenAt) });
      // Up to there everything still counts.
      expect(check.rows).toBe(Math.min(brokenAt, (await firstMissing()) ?? brokenAt) - 1);
    });

    async function firstMissing(): Promise<number | undefined> {
      const there = new Set(await sequences());
      return Array.from({ length: ROWS }, (_, n) => n + 1).find((n) => !there.has(n));
    }
  });

  describe("finds a chain that somebody with the database recomputed", () => {
    const ROWS = 12;
    const DAY_MS = 86_400_000;

    beforeEach(async () => {
      ctx.audit = testAudit();
      for (let n = 1; n <= ROWS; n += 1) await append(n);
    });
    afterAll(() => {
      ctx.audit = testAudit();
    });

    /** Rewrites history from a row on, consistently, with the hashes that these keys give. */
    async function rewrite(from: number, keys: Context["audit"]["keys"], keyId: string | null) {
      const rows = await open.db.prisma.auditEvent.findMany({ orderBy: { sequence: "asc" } });
      let previousHash = "0".repeat(64);
      for (const row of rows) {
        const changed = Number(row.sequence) >= from;
        const forged = { ...row, previousHash, ...(changed ? { reason: "Forged.", keyId } : {}) };
        const hash = changed ? hashOf(forged, keys) : row.hash;
        await asOwner(
          `UPDATE "AuditEvent" SET "reason" = $2, "keyId" = $3, "previousHash" = $4, "hash" = $5 WHERE "sequence" = $1`,
          [row.sequence, forged.reason, forged.keyId, previousHash, hash],
        );
        previousHash = hash ?? "";
      }
    }

    test("with a key of their own", async () => {
      const theirs = auditKeys(["a key that only the attacker knows, long enough"]);
      await rewrite(5, theirs, theirs.current.id);
      expect(await checkAuditChain(ctx)).toEqual({
        ok: false,
        rows: 4,
        brokenAt: "5",
        problem: "unknown_key",
        keyId: theirs.current.id,
      });
    });

    test("with a key of their own under the name of ours", async () => {
      const theirs = auditKeys(["a key that only the attacker knows, long enough"]);
      const disguised = { ...theirs, find: () => theirs.current };
      await rewrite(5, disguised, ctx.audit.keys.current.id);
      expect(await checkAuditChain(ctx)).toMatchObject({ ok: false, brokenAt: "5", problem: "changed_row" });
    });

    test("without a seal, from the middle on", async () => {
      await rewrite(5, ctx.audit.keys, null);
      expect(await checkAuditChain(ctx)).toMatchObject({ ok: false, brokenAt: "5", problem: "unsealed_row" });
    });

    test("without a seal, from the first row on, once there is a checkpoint", async () => {
      expect(await keepCheckpoints(ctx)).toBe("added");
      await rewrite(1, ctx.audit.keys, null);
      expect(await checkAuditChain(ctx)).toMatchObject({
        ok: false,
        brokenAt: String(ROWS),
        problem: "rewritten_since_checkpoint",
      });
    });

    test("by cutting off the newest rows, once there is a checkpoint", async () => {
      await keepCheckpoints(ctx);
      await asOwner(`DELETE FROM "AuditEvent" WHERE "sequence" > 9`);
      expect(await checkAuditChain(ctx)).toEqual({
        ok: false,
        rows: 9,
        brokenAt: String(ROWS),
        problem: "cut_off",
      });
    });

    test("and vouches for none of it with another checkpoint", async () => {
      await keepCheckpoints(ctx);
      await asOwner(`DELETE FROM "AuditEvent" WHERE "sequence" > 9`);
      clock = new Date(Date.now() + DAY_MS);
      expect(await keepCheckpoints(ctx)).toBe("refused");
      expect(await ctx.audit.checkpoints.list()).toHaveLength(1);
    });

    test("and a checkpoint that somebody edited", async () => {
      await keepCheckpoints(ctx);
      const [real] = await ctx.audit.checkpoints.list();
      if (real === undefined) throw new Error("The checkpoint is missing.");
      const edited = { ...real, sequence: "9" };
      ctx.audit = { ...ctx.audit, checkpoints: { ...ctx.audit.checkpoints, list: async () => [edited] } };
      expect(await checkAuditChain(ctx)).toMatchObject({ ok: false, problem: "forged_checkpoint" });
    });

    test("but not one whose key was rotated", async () => {
      const [first, second] = ["the first secret, thirty-two or more", "the second secret, thirty-two too"];
      ctx.audit = { ...ctx.audit, keys: auditKeys([first, "the audit key of the tests, long enough"]) };
      await append(ROWS + 1);
      await keepCheckpoints(ctx);
      ctx.audit = { ...ctx.audit, keys: auditKeys([second, first]) };
      await append(ROWS + 2);
      expect(await checkAuditChain(ctx)).toMatchObject({ ok: false, brokenAt: "1", problem: "unknown_key" });
      const all = [second, first, "the audit key of the tests, long enough"] as const;
      ctx.audit = { ...ctx.audit, keys: auditKeys([...all]) };
      expect(await checkAuditChain(ctx)).toMatchObject({ ok: true, rows: ROWS + 2, next: null });
    });

    test("a checkpoint is added once a day, also when the clock was set back", async () => {
      clock = new Date("2030-01-02T00:00:00Z");
      expect(await keepCheckpoints(ctx)).toBe("added");
      expect(await keepCheckpoints(ctx)).toBe("not_due");
      clock = new Date("2030-01-02T23:59:59Z");
      expect(await keepCheckpoints(ctx)).toBe("not_due");
      clock = new Date("2030-01-03T00:00:00Z");
      expect(await keepCheckpoints(ctx)).toBe("added");
      clock = new Date("2029-01-01T00:00:00Z");
      expect(await keepCheckpoints(ctx)).toBe("added");
    });
  });

  test("is checked 10,000 rows at a time, and goes on where it stopped", async () => {
    const rows = 10_001;
    await append(1);
    const [first] = await open.db.prisma.auditEvent.findMany();
    if (first === undefined) throw new Error("The row is missing.");
    let previousHash = first.hash;
    const more = Array.from({ length: rows - 1 }, (_, n) => {
      const row = { ...first, sequence: BigInt(n + 2), previousHash };
      previousHash = hashOf(row, ctx.audit.keys) ?? "";
      return { ...row, hash: previousHash, before: row.before ?? {}, after: row.after ?? {} };
    });
    await open.db.prisma.auditEvent.createMany({ data: more });
    const part = await checkAuditChain(ctx);
    expect(part).toMatchObject({ ok: true, rows: 10_000, next: "10000" });
    expect(await checkAuditChain(ctx, 10_000n)).toMatchObject({
      ok: true,
      rows: 1,
      next: null,
      head: previousHash,
    });
    expect(await checkAuditChain(ctx, 20_000n)).toMatchObject({ ok: false, problem: "missing_rows" });
  });

  test("still holds the rows from before it had keys", async () => {
    await append(1);
    const [row] = await open.db.prisma.auditEvent.findMany();
    if (row === undefined) throw new Error("The row is missing.");
    const plain = { ...row, keyId: null };
    await asOwner(`UPDATE "AuditEvent" SET "keyId" = NULL, "hash" = $1`, [hashOf(plain, ctx.audit.keys)]);
    await append(2);
    expect(await checkAuditChain(ctx)).toMatchObject({ ok: true, rows: 2 });
  });

  test("a write whose audit row is refused did not happen", async () => {
    const email = `${randomUUID()}@a.example`;
    await open.db.pool.query(
      `ALTER TABLE "AuditEvent" ADD CONSTRAINT refuse CHECK ("action" <> 'refused.act')`,
    );
    const write = (action: string) =>
      transact(open.db, async (tx) => {
        await tx.user.create({ data: { email, name: "Someone", role: "publisher" } });
        await appendMessage(tx, { kind: "job.dead", payload: { deadLetterId: "1", email } });
        await appendAudit(tx, ctx, entry(1, { action }));
      });
    await expect(write("refused.act")).rejects.toThrow();
    expect(await open.db.prisma.user.count({ where: { email } })).toBe(0);
    expect(
      await open.db.prisma.outboxMessage.count({ where: { payload: { path: ["email"], equals: email } } }),
    ).toBe(0);
    expect(await sequences()).toEqual([]);
    await write("allowed.act");
    expect(await sequences()).toEqual([1]);
  });

  test("holds whatever text and values strangers write", async () => {
    const text = fc.string({ unit: "binary", maxLength: 20 });
    const object = fc.dictionary(text, fc.jsonValue({ maxDepth: 3, stringUnit: "binary" }), { maxKeys: 5 });
    await fc.assert(
      fc.asyncProperty(text, text, object, object, async (reason, id, before, after) => {
        await append(1, { reason, subject: { kind: "thing", id }, before, after });
      }),
      {
        numRuns: 150,
        examples: [["\ud800", "\u0000", { "\udfff": "\u0000" }, { "\u0000": 1, ["__proto__"]: 2 }]],
      },
    );
    await append(2, {
      after: { big: 2n ** 80n, at: new Date(0), none: undefined, minusZero: -0, small: 5e-324, huge: 1e308 },
    });
    expect(await checkAuditChain(ctx)).toMatchObject({ ok: true });
  });

  test("canonical JSON is the same before and after a stay in a jsonb column", async () => {
    const value = fc.jsonValue({ maxDepth: 4, stringUnit: "grapheme-composite" });
    await fc.assert(
      fc.asyncProperty(value, async (json) => {
        const plain: unknown = JSON.parse(JSON.stringify(json));
        fc.pre(!JSON.stringify(plain).includes("\\u0000"));
        const { rows } = await open.db.pool.query("SELECT $1::jsonb AS json", [JSON.stringify(plain)]);
        expect(canonicalJson(rows[0].json)).toBe(canonicalJson(plain));
      }),
      { numRuns: 200 },
    );
  });
});

test("canonical JSON knows no order of keys, no spaces and no undefined", () => {
  expect(canonicalJson({ b: [1, { d: null, c: undefined }], a: "ü" })).toBe('{"a":"ü","b":[1,{"d":null}]}');
  expect(canonicalJson(undefined)).toBe("null");
  expect(canonicalJson({ 10: 1, 9: 2 })).toBe('{"10":1,"9":2}');
});

async function unused(): Promise<void> {}
