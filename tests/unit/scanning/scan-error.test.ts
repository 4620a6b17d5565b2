import { expect, test } from "vitest";
import { AppError } from "@/lib/platform/errors";
import { scanDelaySeconds } from "@/lib/scanning/scan-error";

const DEMANDS = new AppError("registry_rate_limited", "Later.", {
  suggestion: "Wait.",
  retryable: true,
  retryAfterSeconds: 7_200,
});
const AWAY = new AppError("registry_unreachable", "No answer.", { suggestion: "Wait.", retryable: true });

test("a repository whose scans fail is looked at less and less often, down to the ordinary interval", () => {
  expect([0, 1, 2, 3, 4, 12].map((failures) => scanDelaySeconds(failures, 900, AWAY))).toEqual([
    80, 160, 320, 640, 900, 900,
  ]);
  expect(scanDelaySeconds(12, 604_800, AWAY)).toBe(3_600);
});

test("what a registry demands counts, up to six hours", () => {
  expect(scanDelaySeconds(0, 900, DEMANDS)).toBe(7_200);
  const day = new AppError("registry_rate_limited", "Later.", {
    suggestion: "Wait.",
    retryable: true,
    retryAfterSeconds: 86_400,
  });
  expect(scanDelaySeconds(0, 900, day)).toBe(21_600);
});
