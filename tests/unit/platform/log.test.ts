import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/platform/errors";
import { createLog, redactText } from "@/lib/platform/log";

const SECRET = "hunter2-not-for-logs";

describe("redacted text", () => {
  test.each([
    [`postgres://gantry:${SECRET}@db/gantry`, "postgres://[redacted]@db/gantry"],
    [`https://${SECRET}@registry.example/v2/`, "https://[redacted]@registry.example/v2/"],
    [`https://user:p@${SECRET}@host/a`, "https://[redacted]@host/a"],
    [`GET /setup?token=${SECRET}&x=1`, "GET /setup?token=[redacted]&x=1"],
    [`/invite/${SECRET}`, "/invite/[redacted]"],
    [`https://cdn.example/blob?a=b&Signature=${SECRET}`, "https://cdn.example/blob?a=b&Signature=[redacted]"],
    [`authorization: Bearer ${SECRET}.x/y+z==`, "authorization: Bearer [redacted]"],
    [`basic ${SECRET}`, "basic [redacted]"],
    [`the token gtry_${SECRET} is old`, "the token [redacted] is old"],
  ])("%s", (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  test.each([
    "https://registry.example/v2/acme/disk-lens@sha256:abc",
    "https://a.example/?who=me@example.com",
    "mail me@acme.example",
    "plain words",
  ])("%s stays as it is", (text) => {
    expect(redactText(text)).toBe(text);
  });

  test("long text is redacted in linear time", () => {
    for (const text of ["a.".repeat(200_000), "a://".repeat(100_000), "?token=".repeat(50_000)])
      expect(redactText(text).length).toBeGreaterThan(0);
  });
});

describe("a log line", () => {
  test.each(["password", "passwordHash", "token", "secret", "authorization", "cookie"])(
    "hides the field %s, also one level down",
    (field) => {
      const [line] = linesOf((log) => log.info({ [field]: SECRET, user: { [field]: SECRET } }, "signed in"));
      expect(line).toMatchObject({ [field]: "[redacted]", user: { [field]: "[redacted]" } });
      expect(JSON.stringify(line)).not.toContain(SECRET);
    },
  );

  test("hides request headers that prove who sends", () => {
    const headers = { authorization: `Bearer ${SECRET}`, cookie: `session=${SECRET}`, accept: "*/*" };
    const [line] = linesOf((log) => log.info({ headers }, "a request"));
    expect(line?.headers).toEqual({ authorization: "[redacted]", cookie: "[redacted]", accept: "*/*" });
  });

  test("hides secrets in its message, its arguments and its text fields", () => {
    const lines = linesOf((log) => {
      log.info(`postgres://u:${SECRET}@db`);
      log.info("calling %s", `https://u:${SECRET}@host`);
      log.info({ path: `/setup?token=${SECRET}` }, "a page");
      log.child({ origin: "worker" }).warn({ url: `https://u:${SECRET}@host` }, "from a child");
    });
    expect(lines).toHaveLength(4);
    expect(JSON.stringify(lines)).not.toContain(SECRET);
  });

  test("describes an error with its code, stack and causes, and hides secrets in each of them", () => {
    const cause = Object.assign(new Error(`connect postgres://u:${SECRET}@db`), { code: "ECONNREFUSED" });
    const err = new AppError("database_unavailable", `No answer from https://u:${SECRET}@db.`, {
      suggestion: "Wait.",
      cause,
    });
    const [line] = linesOf((log) => log.error({ err }, "away"));
    expect(line?.err).toMatchObject({
      name: "AppError",
      code: "database_unavailable",
      stack: expect.stringContaining("log.test.ts"),
      cause: { message: "connect postgres://[redacted]@db", code: "ECONNREFUSED" },
    });
    expect(JSON.stringify(line)).not.toContain(SECRET);
  });

  test("survives what is thrown although it is no error", () => {
    const [line] = linesOf((log) => log.error({ err: `Bearer ${SECRET}` }, "odd"));
    expect(line?.err).toBe("Bearer [redacted]");
  });

  test("says its level and time in words, and nothing below its level", () => {
    const lines = linesOf((log) => {
      log.debug("too fine");
      log.warn("seen");
    });
    expect(lines).toEqual([{ level: "warn", time: expect.stringMatching(/^\d{4}-.*Z$/), msg: "seen" }]);
  });
});

function linesOf(write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  write(createLog("info", destination));
  return lines;
}
