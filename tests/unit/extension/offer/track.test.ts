import { describe, expect, test } from "vitest";
import { admitsNoMore, parseTrackRange, type Track, trackAdmits } from "@/lib/extension/offer/track";
import { parseSemver, type SemVersion } from "@/lib/extension/reference/semver";
import { hasCode } from "@/lib/platform/errors";
import fc from "@/tests/builders/fast-check";

describe("a range admits", () => {
  test.each([
    ["^1", "1.0.0 1.99.0", "0.9.0 2.0.0 1.5.0-rc.1 2.0.0-rc.1"],
    ["^1.0.0-0", "1.0.0 1.0.0-rc.1 1.5.0-rc.1", "2.0.0-rc.1 0.9.0-rc.1"],
    ["~1.4", "1.4.0 1.4.9", "1.5.0 1.4.0-rc.1"],
    ["1.x", "1.0.0 1.9.9", "2.0.0"],
    ["1.2.3", "1.2.3", "1.2.4"],
    ["1.2", "1.2.0 1.2.9", "1.3.0"],
    [">= 1.2, < 2 || 3.0.0", "1.2.0 1.9.0 3.0.0", "2.0.0 3.0.1"],
    ["*", "0.0.0 9.9.9", "1.0.0-rc.1"],
    ["^9007199254740993", "9007199254740993.1.0", "9007199254740992.9.9 9007199254740994.0.0"],
    [
      "< 100000000000000000000000000000.0.1",
      "99999999999999999999999999999.0.0",
      "100000000000000000000000000000.0.1",
    ],
  ])("%j exactly what it says", (range, admitted, others) => {
    const admits = (text: string) => trackAdmits({ kind: "range", range }, candidate(text));
    expect(admitted.split(" ").filter(admits)).toEqual(admitted.split(" "));
    expect(others.split(" ").filter(admits)).toEqual([]);
  });
});

describe("a track in place of another", () => {
  const follow = { kind: "follow" } as const;
  const range = (text: string) => ({ kind: "range", range: text }) as const;
  const pin = (tag: string, digest = "sha256:a") => ({ kind: "pin", tag, digest }) as const;
  const CASES: [string, Track, Track, boolean][] = [
    ["everything stays everything", follow, follow, true],
    ["a range in place of everything", follow, range("^1"), true],
    ["a pin in place of everything", follow, pin("1.0.0"), true],
    ["everything in place of a range", range("^1"), follow, false],
    ["the same range", range("^1"), range("^1"), true],
    ["another range, whatever it says", range("^1"), range("~1.2"), false],
    ["a pin inside the range", range("^1"), pin("v1.2.0"), true],
    ["a pin outside the range", range("^1"), pin("2.0.0"), false],
    ["a pin that is no version", range("^1"), pin("latest"), false],
    ["the same pin", pin("1.0.0"), pin("1.0.0"), true],
    ["the same tag at another digest", pin("1.0.0"), pin("1.0.0", "sha256:b"), false],
    ["another tag", pin("1.0.0"), pin("1.0.1"), false],
    ["a range in place of a pin", pin("1.0.0"), range("1.0.0"), false],
  ];
  test.each(CASES)("%s", (_what, before, after, expected) => {
    expect(admitsNoMore(before, after)).toBe(expected);
  });
});

describe("a range is refused", () => {
  test.each([
    ["", "“” is not a version range: it is empty."],
    ["latest", "“latest” is not a version range: “latest” at character 1 is not a version."],
    ["^1 ||", "“^1 ||” is not a version range: a version is missing at the end."],
    [">2 <1", "No version can satisfy the range “>2 <1”."],
    ["!=*", "No version can satisfy the range “!=*”."],
    ["> 1.0.0 < 1.0.1", "No version can satisfy the range “> 1.0.0 < 1.0.1”."],
  ])("%j", (range, message) => {
    for (const act of [
      () => parseTrackRange(range),
      () => trackAdmits({ kind: "range", range }, candidate("1.0.0")),
    ]) {
      expect(act).toThrow(message);
      expect(act).toThrow(
        expect.objectContaining({ code: "range_invalid", suggestion: expect.stringContaining("^1") }),
      );
    }
  });

  test("or read, but nothing else happens, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."0123.xX*v-+<>=!~^|, "), maxLength: 40 }), (range) => {
        try {
          trackAdmits({ kind: "range", range }, candidate("9007199254740993.0.0-rc.1"));
        } catch (error) {
          expect(hasCode(error, "range_invalid")).toBe(true);
        }
      }),
    );
  });
});

test("follow admits every version", () => {
  expect(["1.0.0", "0.0.1-alpha"].every((text) => trackAdmits({ kind: "follow" }, candidate(text)))).toBe(
    true,
  );
});

test("a pin admits one tag at one digest", () => {
  const pin: Track = { kind: "pin", tag: "1.0.0", digest: "sha256:1.0.0" };
  expect(trackAdmits(pin, candidate("1.0.0"))).toBe(true);
  expect(trackAdmits(pin, { ...candidate("1.0.0"), digest: "sha256:moved" })).toBe(false);
  expect(trackAdmits(pin, { ...candidate("1.0.0"), tag: "v1.0.0" })).toBe(false);
});

function candidate(text: string): { version: SemVersion; tag: string; digest: string } {
  const version = parseSemver(text);
  if (version === undefined) throw new Error(`${text} is not a version`);
  return { version, tag: text, digest: `sha256:${text}` };
}
