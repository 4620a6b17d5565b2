import semver from "semver";
import { describe, expect, test } from "vitest";
import { channelOf, compareSemver, parseSemver, type SemVersion } from "@/lib/extension/reference/semver";
import fc from "@/tests/builders/fast-check";

function parsed(text: string): SemVersion {
  const version = parseSemver(text);
  if (version === undefined) throw new Error(`${text} should be a version`);
  return version;
}

const digits = fc.oneof(fc.nat({ max: 12 }).map(String), fc.bigInt({ min: 0n, max: 10n ** 40n }).map(String));
const identifier = fc.oneof(digits, fc.stringMatching(/^[0-9]{0,3}[A-Za-z-][0-9A-Za-z-]{0,3}$/));
const versionText = fc
  .tuple(digits, digits, digits, fc.array(identifier, { maxLength: 4 }))
  .map(
    ([major, minor, patch, ids]) => `${major}.${minor}.${patch}${ids.length > 0 ? `-${ids.join(".")}` : ""}`,
  );
const smallDigits = fc.nat({ max: 3 }).map(String);
const smallVersionText = fc
  .tuple(
    smallDigits,
    smallDigits,
    smallDigits,
    fc.array(fc.oneof(smallDigits, fc.constantFrom("alpha", "beta", "rc", "a-1", "-", "0a")), {
      maxLength: 3,
    }),
  )
  .map(
    ([major, minor, patch, ids]) => `${major}.${minor}.${patch}${ids.length > 0 ? `-${ids.join(".")}` : ""}`,
  );

describe("a version is read strictly by semver.org 2.0.0", () => {
  test.each([
    "0.0.0",
    "1.2.3",
    "1.0.0-alpha",
    "1.0.0-0",
    "1.0.0-0a.00b",
    "1.0.0--",
    "1.0.0-x-y-z.--",
    "9007199254740993.0.0",
    `${"9".repeat(100)}.1.2`,
    "2026.1.5",
  ])("%s is a version and keeps its text", (text) => {
    expect(parseSemver(text)?.text).toBe(text);
  });

  test.each([
    "",
    "1",
    "1.2",
    "1.2.3.4",
    "v1.2.3",
    "01.2.3",
    "1.02.3",
    "1.2.03",
    "1.2.3-",
    "1.2.3-01",
    "1.2.3-a..b",
    "1.2.3-a_b",
    "1.2.3+",
    "1.2.3+a+b",
    " 1.2.3",
    "1.2.3\n",
    "1.2.x",
    "-1.2.3",
    "1.2.3-é",
    "١.٢.٣",
  ])("%j is none", (text) => {
    expect(parseSemver(text)).toBeUndefined();
  });

  test("a text beyond 1024 characters is not read at all", () => {
    expect(parseSemver(`1.2.${"3".repeat(1020)}`)).toBeDefined();
    expect(parseSemver(`1.2.${"3".repeat(1021)}`)).toBeUndefined();
  });

  test("build metadata is accepted and takes no part in the identity of a version", () => {
    expect(parsed("1.2.3-rc.1+build.7").text).toBe("1.2.3-rc.1");
    expect(compareSemver(parsed("1.2.3+a"), parsed("1.2.3+b"))).toBe(0);
  });

  test("a version with a prerelease part is of the channel prerelease, every other one is stable", () => {
    expect(channelOf(parsed("1.0.0-0"))).toBe("prerelease");
    expect(channelOf(parsed("1.0.0+beta"))).toBe("stable");
  });
});

describe("precedence", () => {
  test.each([
    [
      [
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0-rc.1",
        "1.0.0",
      ],
    ],
    [["0.9.9", "0.10.0", "0.10.1", "1.0.0-0", "1.0.0", "2.0.0", "10.0.0"]],
    [["9007199254740991.0.0", "9007199254740992.0.0", "9007199254740993.0.0", `1${"0".repeat(30)}.0.0`]],
    [
      [
        `1.0.0-${"9".repeat(20)}`,
        `1.0.0-1${"0".repeat(20)}`,
        `1.0.0-1${"0".repeat(19)}1`,
        "1.0.0--",
        "1.0.0-A",
        "1.0.0-a",
      ],
    ],
  ])("every version in %j is lower than the next", (chain) => {
    for (const [index, lower] of chain.entries()) {
      for (const higher of chain.slice(index + 1)) {
        expect([lower, higher, compareSemver(parsed(lower), parsed(higher))]).toEqual([lower, higher, -1]);
        expect(compareSemver(parsed(higher), parsed(lower))).toBe(1);
      }
    }
  });

  test("is a total order: antisymmetric, transitive, and equal only for equal text", () => {
    fc.assert(
      fc.property(smallVersionText, smallVersionText, smallVersionText, (x, y, z) => {
        const [a, b, c] = [parsed(x), parsed(y), parsed(z)];
        expect(compareSemver(a, b)).toBe(-compareSemver(b, a) + 0);
        expect(compareSemver(a, b) === 0).toBe(a.text === b.text);
        if (compareSemver(a, b) <= 0 && compareSemver(b, c) <= 0) expect(compareSemver(a, c)).not.toBe(1);
      }),
      { numRuns: 600 },
    );
  });

  test("agrees with npm's semver wherever the numbers are safe for it", () => {
    fc.assert(
      fc.property(smallVersionText, smallVersionText, (x, y) => {
        expect(compareSemver(parsed(x), parsed(y))).toBe(semver.compare(x, y));
      }),
      { numRuns: 800 },
    );
  });

  test("accepts exactly the texts that npm's strict parser accepts", () => {
    const nearVersion = fc.oneof(
      smallVersionText,
      fc.stringMatching(/^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2}[-+.a0]{0,5}$/),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(nearVersion, (text) => {
        // npm's parser also takes surrounding spaces, "v" and "=".
        fc.pre(text.trim() === text && !/^[v=]/.test(text));
        expect(parseSemver(text) !== undefined).toBe(semver.valid(text) !== null);
      }),
      { numRuns: 800 },
    );
  });

  test("numbers of any size are compared exactly", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 60n }), (number) => {
        const lower = parsed(`1.${number}.0-${number}`);
        expect(compareSemver(lower, parsed(`1.${number + 1n}.0-${number}`))).toBe(-1);
        expect(compareSemver(lower, parsed(`1.${number}.0-${number + 1n}`))).toBe(-1);
      }),
    );
  });

  test("a parsed version is written back as the same text", () => {
    fc.assert(
      fc.property(versionText, (text) => {
        expect(parsed(text).text).toBe(text);
      }),
    );
  });
});
