import { describe, expect, test } from "vitest";
import type { FailingTag } from "@/lib/marketplace/scans/failing-tags";
import { AppError } from "@/lib/platform/errors";
import { earliestTry, LONGEST_WAIT_SECONDS, retryState, waitSeconds } from "@/lib/scanning/tags/retry-state";
import fc from "@/tests/builders/fast-check";

const NOW = new Date("2026-11-20T12:00:00Z");
const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const PASSING = new AppError("registry_error", "It answered 500.", { suggestion: "Wait.", retryable: true });
const LASTING = new AppError("media_type_confusion", "It contradicts itself.", {
  suggestion: "Push it again.",
});

const row = (change: Partial<FailingTag> = {}): FailingTag => ({
  tag: "1.0.0",
  digest: "sha256:a",
  attempts: 1,
  error: { code: "registry_error", message: "It answered 500.", suggestion: null },
  lastTriedAt: at(-60),
  nextTryAt: at(60),
  ...change,
});

test("waits grow from a minute to six hours, and a quarter of one may be left out", () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99].map((attempts) => waitSeconds(attempts, 0) / 60);
  expect(longest).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (n, chance) => {
        const seconds = waitSeconds(n, chance);
        expect(seconds).toBeGreaterThanOrEqual(45);
        expect(seconds).toBeLessThanOrEqual(LONGEST_WAIT_SECONDS);
        expect(seconds).toBeGreaterThanOrEqual(waitSeconds(n, 0) * 0.75);
      },
    ),
  );
});

describe("a failing tag", () => {
  test.each([
    ["waits until its time", row(), "sha256:a", true],
    ["is due at its time", row({ nextTryAt: NOW }), "sha256:a", false],
    ["is due when it points elsewhere", row(), "sha256:b", false],
    ["is not due of itself where nothing would change", row({ nextTryAt: undefined }), "sha256:a", true],
    ["is due when it points elsewhere even then", row({ nextTryAt: undefined }), "sha256:b", false],
    ["about which the registry cannot answer waits, too", row({ digest: undefined }), undefined, true],
  ])("%s", (_name, before, digest, waits) => {
    expect(retryState([before], NOW, 0).waits("1.0.0", digest)).toBe(waits);
  });

  const failed = (tag: string, digest: string | undefined, error: AppError) => [{ tag, digest, error }];
  const gone = () => false;

  test("keeps counting while it points to the same image, and starts over with another", () => {
    const state = retryState([row({ attempts: 4, nextTryAt: NOW })], NOW, 0);
    expect(state.after(failed("1.0.0", "sha256:a", PASSING), gone)).toMatchObject([
      { attempts: 5, lastTriedAt: NOW, nextTryAt: at(960) },
    ]);
    expect(state.after(failed("1.0.0", "sha256:b", PASSING), gone)).toMatchObject([
      { attempts: 1, digest: "sha256:b", nextTryAt: at(60) },
    ]);
  });

  test("whose bytes will always fail is not retried automatically", () => {
    const both = [...failed("1.0.0", "sha256:a", LASTING), ...failed("1.1.0", undefined, LASTING)];
    const after = retryState([], NOW, 0).after(both, gone);
    expect(after.map(({ nextTryAt }) => nextTryAt)).toEqual([undefined, at(60)]);
  });

  test("waits at least as long as the registry demands", () => {
    const demand = { suggestion: "Wait.", retryable: true, retryAfterSeconds: 900 };
    const later = failed("1.0.0", "sha256:a", new AppError("registry_error", "Later.", demand));
    expect(retryState([], NOW, 0).after(later, gone)).toMatchObject([{ nextTryAt: at(900) }]);
  });

  test("is forgotten once it works or is gone, and kept while it waits", () => {
    const [waits, other] = [row(), row({ tag: "2.0.0" })];
    expect(retryState([waits, other], NOW, 0).after([], (tag) => tag === "1.0.0")).toEqual([waits]);
  });

  test("is looked up when it is due; until then its last digest counts", () => {
    const state = retryState([row(), row({ tag: "2.0.0", nextTryAt: NOW })], NOW, 0);
    expect([...state.pointed]).toEqual([["1.0.0", "sha256:a"]]);
  });
});

test("only waits shorter than the interval bring a scan forward", () => {
  const short = row({ lastTriedAt: NOW, nextTryAt: at(480) });
  const long = row({ lastTriedAt: at(-900), nextTryAt: at(60) });
  const never = row({ nextTryAt: undefined });
  expect(earliestTry([long, never, short], 900)).toEqual(at(480));
  expect(earliestTry([long, never], 900)).toBeUndefined();
});
