import { describe, expect, test } from "vitest";
import {
  type AddressAnswer,
  type AddressFailures,
  afterAnswer,
  nextAddressCheck,
} from "@/lib/extension/reachability/broken-link";
import fc from "@/tests/builders/fast-check";

const HOUR_MS = 3_600_000;
const START = Date.parse("2026-11-20T10:00:00Z");
const at = (hour: number) => new Date(START + hour * HOUR_MS);

const ANSWERS: Record<string, AddressAnswer> = {
  "-": { kind: "failed", why: "gone" },
  "+": { kind: "fine" },
  "?": { kind: "unknown" },
};

/** `-0 -24` = it failed now and a day later. */
function outcomeOf(course: string): AddressFailures | undefined {
  return course.split(" ").reduce<AddressFailures | undefined>((held, step) => {
    const answer = ANSWERS[step.charAt(0)];
    if (answer === undefined) throw new Error(`no answer is written ${step}`);
    return afterAnswer(held, answer, at(Number(step.slice(1))));
  }, undefined);
}

describe("an address is dead after three failures over a day, and by nothing else", () => {
  test.each<[course: string, times: number | undefined, isDead: boolean]>([
    ["-0", 1, false],
    ["-0 -24", 2, false],
    ["-0 -12 -23", 3, false],
    ["-0 -12 -24", 3, true],
    ["-0 -12 -20 -26", 4, true],
    ["-0 -1 -2 -3 -4 -5", 1, false],
    ["-0 -24 -25 -26", 2, false],
    ["?0 ?24 ?48 ?72", undefined, false],
    ["-0 ?24 ?48 -72", 2, false],
    ["-0 ?12 -24 ?36 -48", 3, true],
    ["-0 -24 +30 -48", 1, false],
    ["-0 -24 -48 +72", undefined, false],
    ["-0 -24 -48 ?72", 3, true],
    ["+0", undefined, false],
  ])("%s", (course, times, isDead) => {
    const held = outcomeOf(course);
    expect({ times: held?.times, isDead: held !== undefined && held.deadSince !== null }).toEqual({
      times,
      isDead,
    });
  });

  test("it stays dead since the same moment, with the last answer", () => {
    expect(outcomeOf("-0 -24 -48 -72")).toMatchObject({ since: at(0), deadSince: at(48), last: at(72) });
  });
});

test("the next check comes once a day at the extension's own time, and never within half a day", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  fc.assert(
    fc.property(share, fc.date({ min: at(0), max: at(24 * 900), noInvalidDate: true }), (part, now) => {
      const next = nextAddressCheck(now, part);
      const wait = next.getTime() - now.getTime();
      expect(wait).toBeGreaterThanOrEqual(12 * HOUR_MS);
      expect(wait).toBeLessThan(36 * HOUR_MS);
      expect(nextAddressCheck(new Date(next.getTime() + 5_000), part).getTime() - next.getTime()).toBe(
        24 * HOUR_MS,
      );
    }),
  );
});
