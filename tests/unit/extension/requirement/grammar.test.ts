import { describe, expect, test } from "vitest";
import { parseSemver } from "@/lib/extension/reference/semver";
import { parseRange } from "@/lib/extension/requirement/range";
import { includes } from "@/lib/extension/requirement/version-set";

/** Range, versions that fit, versions that do not. */
const MEANING: [string, string, string][] = [
  ["= 2.0.0", "2.0.0", "1.2.3 2.0.1 2.0.0-rc.1"],
  ["== 2.0.0", "2.0.0", "2.0.1"],
  ["2.0", "2.0.0 2.0.9", "1.9.9 2.1.0 2.0.0-rc.1"],
  ["=2", "2.0.0 2.9.9", "1.0.0 3.0.0"],
  ["v1.2.3", "1.2.3", "1.2.4"],
  [">= v1.2", "1.2.0 2.0.0", "1.1.9"],
  ["1.2.3+build.5", "1.2.3", "1.2.4"],
  ["01.2.3", "1.2.3", "0.1.2"],
  ["!= 4.1.0", "4.1.1 4.0.0", "4.1.0 5.0.0-rc.1"],
  ["!= 4.1", "4.2.0 5.1.0 3.9.9", "4.1.0 4.1.7"],
  ["!=4.x", "5.1.0 3.0.0", "4.0.0 4.9.1"],
  ["> 1.2.3", "1.2.4 2.0.0", "1.2.3 1.2.2 1.2.4-rc.1"],
  ["> 11", "12.0.0", "11.0.0 11.9.9"],
  ["> 11.1", "11.2.1 12.0.0", "11.1.0 11.1.1"],
  [">= 11.1", "11.1.0 11.2.0 12.0.0", "11.0.9"],
  ["=> 0.3.0", "0.3.0 0.4.2", "0.2.3"],
  ["< 1.1", "1.0.9 0.1.0", "1.1.0 1.1.1"],
  ["<1.x", "0.9.9", "1.0.0 2.0.0"],
  ["<= 1.1", "1.1.0 1.1.9 0.1.0", "1.2.0"],
  ["=< 1.0.0", "1.0.0 0.9.9", "1.0.1"],
  ["<=11", "11.2.3", "12.0.0"],
  ["~ 1.2.3", "1.2.3 1.2.9", "1.2.2 1.3.0"],
  ["~> 0.3", "0.3.0 0.3.9", "0.2.9 0.4.0"],
  ["~1", "1.0.0 1.9.0", "0.9.0 2.0.0"],
  ["~0.0.0", "0.0.0 1.2.3", "0.0.0-rc.1"],
  ["~0.0", "0.0.3", "0.1.0"],
  ["^1.2.3", "1.2.3 1.9.9", "1.2.2 2.0.0"],
  ["^0.2.3", "0.2.3 0.2.9", "0.2.2 0.3.0"],
  ["^0.3", "0.3.0 0.3.9", "0.2.9 0.4.0"],
  ["^0.0.3", "0.0.3", "0.0.2 0.0.4"],
  ["^0.0", "0.0.0 0.0.9", "0.1.0"],
  ["^0", "0.0.0 0.9.9", "1.0.0"],
  ["^0.0.0", "0.0.0", "0.0.1"],
  ["0.3.x", "0.3.0 0.3.9", "0.4.0"],
  ["0.X", "0.0.0 0.9.9", "1.0.0"],
  ["0.*.7", "0.1.0", "1.0.7"],
  ["*", "0.0.0 9.9.9", "1.0.0-rc.1"],
  ["*-0", "0.0.0 1.0.0-rc.1", ""],
  ["^*", "0.0.0 9.9.9", "1.0.0-rc.1"],
  ["!= *", "", "0.0.0 1.0.0"],
  ["> *", "", "0.0.0 1.0.0"],
  ["<= *", "0.0.0 1.0.0", ""],
  [">= 1.4.7, < 2.0", "1.4.7 1.9.9", "1.4.6 2.0.0"],
  [">=1.1 <2 !=1.2.3", "1.1.0 1.2.4", "1.2.3 2.0.0 1.0.9"],
  [">=1.1,<2,!=1.2.3 || >= 3", "1.1.1 3.0.0 4.1.2", "1.2.3 2.5.0"],
  [">=0.3.0||<0.1", "0.0.9 0.3.0", "0.2.0"],
  [">=0.3.0 || >=2", "0.3.0 2.0.0", "0.2.9"],
  ["1.2 - 1.4.5", "1.2.0 1.4.5", "1.1.9 1.4.6"],
  ["1.2 - 1.4", "1.2.0 1.4.9", "1.5.0"],
  ["1.0 - 2, != 1.5.0 || 7", "1.0.0 2.9.9 7.1.0", "1.5.0 3.0.0"],
  ["1.1-3", "1.1.0-3 1.1.0 1.1.9", "1.1.0-2 1.2.0 4.3.2"],
  ["\t>=\n0.3.0 ", "0.3.0", "0.2.0"],
  // A comparator that names a prerelease admits prereleases, also of other cores; one that names none admits none.
  [">= 1.0.0-beta.1", "1.0.0-beta.1 1.0.0-rc.1 1.1.0-alpha 1.0.0", "1.0.0-beta.0 1.0.0-alpha"],
  ["~1.2.3-beta.2", "1.2.3-beta.4 1.2.4-beta.2 1.2.3", "1.3.0-beta.2 1.2.3-beta.1"],
  ["^0.2.3-beta.2", "0.2.4-beta.2", "0.3.0-beta.2"],
  [">=1.0.0-0 <2.0.0-0", "1.5.0-rc.1 1.0.0-a 1.5.0", "2.0.0-0 2.0.0-rc.1"],
  [">=1.0.0-0 <2.0.0", "1.5.0", "1.5.0-rc.1"],
  ["<=1.1-a", "0.1.0-alpha 1.1.5", "1.2.0-a"],
  ["> 0-0", "1.0.0 1.0.0-rc.1", "0.0.1-alpha 0.9.0"],
  // Numbers beyond 2^53 and 2^64 are told apart.
  [">= 9007199254740993.0.0", "9007199254740993.0.0", "9007199254740992.0.0"],
  [
    "< 0.0.340282366920938463463374607431768211457",
    "0.0.340282366920938463463374607431768211456",
    "0.0.340282366920938463463374607431768211457",
  ],
  ["^1.0.0-rc.99999999999999999998", "1.0.0-rc.99999999999999999999", "1.0.0-rc.99999999999999999997"],
];

describe("what a range admits", () => {
  test.each(MEANING)("%j", (text, fitting, others) => {
    expect(admitted(text, fitting)).toEqual(words(fitting));
    expect(admitted(text, others)).toEqual([]);
  });
});

/** Text, and what the reader is told. */
const REFUSED: [string, string][] = [
  ["", "it is empty"],
  [" \t\r\n ", "it is empty"],
  ["foo", "“foo” at character 1 is not a version"],
  [">= bar", "“bar” at character 4 is not a version"],
  ["latest || 1.0", "“latest” at character 1 is not a version"],
  ["V1.2.3", "“V1.2.3” at character 1 is not a version"],
  ["12.3.4.1234", "“12.3.4.1234” at character 1 is not a version"],
  ["1..2", "“1..2” at character 1 is not a version"],
  ["1.2.", "“1.2.” at character 1 is not a version"],
  ["1x.2", "“1x.2” at character 1 is not a version"],
  ["1.2.3-01", "“1.2.3-01” at character 1 is not a version"],
  ["1.2.3-a..b", "“1.2.3-a..b” at character 1 is not a version"],
  ["1.2.3+", "“1.2.3+” at character 1 is not a version"],
  ["12.3.34~ 1.2.3", "a comma is missing before character 8"],
  [">=1.2.3<2", "a comma is missing before character 8"],
  [">= 1, ", "a version is missing at the end"],
  [">= 1,, < 2", "a version is missing before character 6"],
  [", 1", "a version is missing before character 1"],
  ["1 ||", "a version is missing at the end"],
  ["|| 1", "a version is missing at the end"],
  ["1 | 2", "“|” at character 3 is not a version"],
  [">=", "a version after the operator is missing at the end"],
  [">= < 2", "a version after the operator is missing before character 4"],
  ["= = 2", "a version after the operator is missing before character 3"],
  ["1 - ", "“-” at character 3 is not a version"],
  ["1 - , 3", "a version after the hyphen is missing before character 5"],
  ["- 2", "a version is missing before character 1"],
  ["1 - 2 - 3", "the hyphen at character 7 needs one version on each side"],
  [">= 1 - 2", "the hyphen at character 6 needs one version on each side"],
  ["1 - 2 != 1.5", "a comma is missing before character 7"],
  ["!= 1.5 1 - 2", "a comma is missing before character 8"],
  ["!= 1.2-rc", "the version after “!=” at character 4 is a prerelease without all three numbers"],
  [">= 0.3.4\u00a0", "U+00A0 at character 9 is not a version"],
  [">= 0.3.4 \u{1f600}", "U+1F600 at character 10 is not a version"],
  ["≥ 0.3.4", "U+2265 at character 1 is not a version"],
  ["{{version}}", "“{” at character 1 is not a version"],
];

describe("what is no range", () => {
  test.each(REFUSED)("%j", (text, why) => {
    expect(parseRange(text)).toMatchObject({ why });
  });

  test("256 characters are read, 257 are not", () => {
    const longest = `>= 0.3.4${", != 1.0.0".repeat(24)}`.padEnd(256, "0");
    expect(longest).toHaveLength(256);
    expect(parseRange(`  ${longest}\n`)).toHaveProperty("versions");
    expect(parseRange(`${longest}0`)).toEqual({
      problem: "too_long",
      why: "it has more than 256 characters",
    });
  });

  test("huge hostile texts are refused like any other", () => {
    for (const text of [" ".repeat(100_000), ">=".repeat(10_000), "||".repeat(10_000), "1".repeat(100_000)]) {
      expect(parseRange(text)).toHaveProperty("problem");
    }
    expect(parseRange(`${" ".repeat(100_000)}1.0.0${"\t".repeat(100_000)}`)).toHaveProperty("text", "1.0.0");
  });
});

describe("a range in one spelling", () => {
  test.each([
    [">=1.4.7,<2.0", ">= 1.4.7, < 2.0"],
    ["=>1.0  =<2 ||~>3", ">= 1.0, <= 2 || ~ 3"],
    ["1.2 - 1.4.5", ">= 1.2, <= 1.4.5"],
    ["v1.X+b", "1.X"],
    ["== 1.0.0", "= 1.0.0"],
  ])("%j is %j", (text, spelled) => {
    expect(parseRange(text)).toHaveProperty("text", spelled);
  });
});

function admitted(text: string, candidates: string): string[] {
  const range = parseRange(text);
  if ("problem" in range) throw new Error(`${text}: ${range.why}`);
  return words(candidates).filter((word) => {
    const version = parseSemver(word);
    return version !== undefined && includes(range.versions, version);
  });
}

function words(text: string): string[] {
  return text.split(" ").filter((word) => word !== "");
}
