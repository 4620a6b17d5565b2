import { afterEach, describe, expect, test, vi } from "vitest";
import { ERROR_CODES, type ErrorCode } from "@/lib/platform/error-codes";
import { AppError, hasCode, isAppError } from "@/lib/platform/errors";

/** The same file as a second module, as Next's bundle has it. */
async function otherGraph() {
  vi.resetModules();
  return import("@/lib/platform/errors");
}

afterEach(() => vi.resetModules());

test("an error of another module graph is recognized although instanceof denies it", async () => {
  const other = await otherGraph();
  const error = new other.AppError("gone", "It is gone.", { suggestion: "Look elsewhere." });
  expect(error).not.toBeInstanceOf(AppError);
  expect(isAppError(error)).toBe(true);
  expect(hasCode(error, "gone")).toBe(true);
  expect(hasCode(error, "not_found")).toBe(false);
});

test.each([undefined, null, "gone", 1, {}, new Error("gone"), { code: "gone" }])("%s is not one", (value) => {
  expect(isAppError(value)).toBe(false);
  expect(hasCode(value, "gone")).toBe(false);
});

test("an error carries what its reader and its transport need", () => {
  const cause = new Error("inner");
  const error = new AppError("registry_rate_limited", "The registry asked us to wait.", {
    suggestion: "Wait.",
    retryable: true,
    retryAfterSeconds: 7,
    details: { host: "docker.io" },
    cause,
  });
  expect(error).toMatchObject({
    name: "AppError",
    message: "The registry asked us to wait.",
    code: "registry_rate_limited",
    status: 503,
    suggestion: "Wait.",
    retryable: true,
    retryAfterSeconds: 7,
    details: { host: "docker.io" },
    cause,
  });
  const ours = new AppError("internal", "Ours.", { suggestion: "Report it." });
  expect(ours).toMatchObject({ retryable: false, suggestion: "Report it." });
  expect("cause" in ours).toBe(false);
});

test("an error that names no next step does not compile", () => {
  // @ts-expect-error -- the suggestion is missing
  expect(() => new AppError("internal", "Ours.", {})).not.toThrow();
});

describe("the table of codes", () => {
  const rows = Object.entries(ERROR_CODES) as [ErrorCode, { status: number; title: string }][];

  test.each(rows)("%s has an error status and a title", (code, { status, title }) => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
  });
});
