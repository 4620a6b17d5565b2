import { describe, expect, test } from "vitest";
import {
  type DesktopRelease,
  type Host,
  type Judgement,
  judge,
  minimumDesktop,
  neverMatches,
  prepareReleases,
} from "@/lib/extension/desktop/desktop-release";
import { parseSemver } from "@/lib/extension/reference/semver";
import { parseRequirement, satisfies } from "@/lib/extension/requirement/requirement";
import { versionOf } from "@/lib/extension/requirement/version-line";
import { RELEASES, release } from "@/tests/builders/desktop-releases";
import fc from "@/tests/builders/fast-check";

describe("the verdict for a Docker Desktop release", () => {
  test.each([
    // On record: the row's API decides, with the row's confidence.
    [
      "4.18.0",
      ">= 0.3.4",
      "compatible",
      "verified",
      "Works with Docker Desktop 4.18.0 (Extension API 0.3.4).",
    ],
    ["4.18", ">= 0.3.4", "compatible", "verified", "Works with Docker Desktop 4.18.0 (Extension API 0.3.4)."],
    ["v4.41.2", "0.3.4", "compatible", "inferred", "Works with Docker Desktop 4.41.2 (Extension API 0.3.4)."],
    ["4.14.0", "<0.4", "compatible", "unverified", "Works with Docker Desktop 4.14.0 (Extension API 0.3.0)."],
    [
      "4.18.0",
      ">=0.4.2",
      "incompatible",
      "verified",
      "Requires Extension API >= 0.4.2, but this is Docker Desktop 4.18.0 (Extension API 0.3.4).",
    ],
    // Without a row between two equal neighbors.
    [
      "4.30.0",
      ">= 0.3.4",
      "compatible",
      "assumed",
      "Likely works with Docker Desktop 4.30.0, whose Extension API is probably 0.3.4.",
    ],
    [
      "4.30.0",
      ">= 0.4.0",
      "incompatible",
      "assumed",
      "Requires Extension API >= 0.4.0, but this is Docker Desktop 4.30.0, whose Extension API is probably 0.3.4.",
    ],
    // With a row but unknown API, and without a row, between 0.3.4 and 0.4.2.
    [
      "4.42.0",
      ">= 0.3.4",
      "compatible",
      "assumed",
      "Likely works with Docker Desktop 4.42.0, whose Extension API is between 0.3.4 and 0.4.2.",
    ],
    [
      "4.43.1",
      ">= 0.4.0",
      "unknown",
      "assumed",
      "May not work with Docker Desktop 4.43.1, whose Extension API is between 0.3.4 and 0.4.2: it requires >= 0.4.0.",
    ],
    [
      "4.42.0",
      ">= 0.3.0, != 0.4.1",
      "unknown",
      "assumed",
      expect.stringContaining("between 0.3.4 and 0.4.2"),
    ],
    [
      "4.42.0",
      ">= 0.3.0, <= 0.4.2",
      "compatible",
      "assumed",
      expect.stringContaining("between 0.3.4 and 0.4.2"),
    ],
    ["4.42.0", ">= 0.3.0, < 0.4.2", "unknown", "assumed", expect.stringContaining("between 0.3.4 and 0.4.2")],
    [
      "4.42.0",
      ">= 0.4.3",
      "incompatible",
      "assumed",
      expect.stringContaining("Requires Extension API >= 0.4.3"),
    ],
    [
      "4.42.0",
      "< 0.3.4",
      "incompatible",
      "assumed",
      expect.stringContaining("Requires Extension API < 0.3.4"),
    ],
    // Newer than everything on record: open above.
    [
      "4.60.0",
      ">= 0.4.2",
      "compatible",
      "assumed",
      "Likely works with Docker Desktop 4.60.0, whose Extension API is 0.4.2 or later.",
    ],
    ["4.60.0", "^0.4", "unknown", "assumed", expect.stringContaining("0.4.2 or later")],
    ["4.60.0", ">= 1.4.7", "unknown", "assumed", expect.stringContaining("0.4.2 or later")],
    ["4.60.0", "< 0.4", "incompatible", "assumed", expect.stringContaining("0.4.2 or later")],
    // Older than everything on record: open below.
    ["4.7.0", "< 0.3", "compatible", "assumed", expect.stringContaining("0.2.3 or earlier")],
    ["4.7.0", ">= 0.2.3", "unknown", "assumed", expect.stringContaining("0.2.3 or earlier")],
    ["4.7.0", ">= 0.3", "incompatible", "assumed", expect.stringContaining("0.2.3 or earlier")],
    // What cannot be read decides nothing.
    ["4.18.0", "", "unknown", "unverified", expect.stringContaining("it is empty")],
    [
      "Docker 4",
      ">= 0.2",
      "unknown",
      "unverified",
      "“Docker 4” is not a Docker Desktop version such as 4.44.0.",
    ],
    ["", ">= 0.2", "unknown", "unverified", "“” is not a Docker Desktop version such as 4.44.0."],
  ])("%s with %j is %s, %s", (desktop, raw, verdict, confidence, message) => {
    expect(ask(raw, { desktop })).toEqual({ verdict, confidence, message });
  });

  test("a bare version follows the policy", () => {
    expect(judge(parseRequirement("0.3.0"), { desktop: "4.44.0" }, RELEASES, "minimum").verdict).toBe(
      "compatible",
    );
    expect(judge(parseRequirement("0.3.0"), { desktop: "4.44.0" }, RELEASES, "exact").verdict).toBe(
      "incompatible",
    );
  });

  test("the Desktop version itself is never compared", () => {
    expect(ask(">= 4.0", { desktop: "4.44.0" }).verdict).toBe("incompatible");
    expect(ask(">= 0.2", { api: "4.44.0" }).message).toBe("Works with Extension API 4.44.0.");
  });

  test("an API version told by the host is verified and goes first", () => {
    expect(ask("<= 0.3.4", { api: "0.3.4", desktop: "4.44.0" })).toEqual({
      verdict: "compatible",
      confidence: "verified",
      message: "Works with Extension API 0.3.4.",
    });
    expect(ask(">= 0.4.2", { api: "0.3.4" }).message).toBe(
      "Requires Extension API >= 0.4.2, but this is Extension API 0.3.4.",
    );
    expect(ask(">= 0.2", { api: "new" }).message).toBe("“new” is not an Extension API version.");
  });

  test("nothing is known without a version, or without any release on record", () => {
    expect(ask("*", {})).toMatchObject({
      verdict: "unknown",
      message: "The Docker Desktop version is unknown.",
    });
    for (const releases of [
      [],
      [release("4.42.0", null, "unverified")],
      [release("?", "0.3.4", "verified")],
    ]) {
      expect(judge(parseRequirement("*"), { desktop: "4.42.0" }, releases, "minimum")).toMatchObject({
        verdict: "unknown",
        message: "The Extension API version of Docker Desktop 4.42.0 is unknown.",
      });
    }
  });

  test("rows may come in any order and contradict each other", () => {
    const shuffled = [...RELEASES].reverse();
    expect(judge(parseRequirement(">=0.3.4"), { desktop: "4.42.0" }, shuffled, "minimum").verdict).toBe(
      "compatible",
    );
    const twisted = [release("4.20.0", "0.4.0", "inferred"), release("4.22.0", "0.3.0", "inferred")];
    expect(judge(parseRequirement(">=0.4.0"), { desktop: "4.21.0" }, twisted, "minimum").verdict).toBe(
      "unknown",
    );
    expect(judge(parseRequirement(">=0.3.0"), { desktop: "4.21.0" }, twisted, "minimum").verdict).toBe(
      "compatible",
    );
  });

  test("between two prerelease APIs nothing is assumed that does not fit both", () => {
    const early = [release("4.20.0", "0.5.0-beta", "inferred"), release("4.22.0", "0.5.0-beta", "inferred")];
    const verdict = (raw: string) =>
      judge(parseRequirement(raw), { desktop: "4.21.0" }, early, "minimum").verdict;
    expect(verdict(">= 1.4.7")).toBe("incompatible");
    expect(verdict(">= 0.3.0")).not.toBe("compatible");
    expect(verdict(">= 0.3.0-0")).toBe("compatible");
  });

  test("assumed is right for every API that the release may turn out to have", () => {
    const number = fc.integer({ min: 0, max: 4 });
    const api = fc.tuple(number, number).map(([minor, patch]) => versionOf(0n, BigInt(minor), BigInt(patch)));
    const comparator = fc.tuple(fc.constantFrom(">=", "<", "<=", ">", "!=", "~", "^", ""), api);
    const label = fc
      .array(fc.array(comparator, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 })
      .map((groups) =>
        groups.map((group) => group.map(([sign, { text }]) => sign + text).join(",")).join("||"),
      );
    fc.assert(
      fc.property(label, api, api, api, (raw, one, other, actual) => {
        const requirement = parseRequirement(raw);
        const rows = [release("4.1.0", one.text, "verified"), release("4.3.0", other.text, "verified")];
        const { verdict } = judge(requirement, { desktop: "4.2.0" }, rows, "exact");
        const [low, high] = [one, other].sort(
          (a, b) => Number(a.minor - b.minor) || Number(a.patch - b.patch),
        );
        const inside = `>=${low?.text}, <=${high?.text}`;
        fc.pre(satisfies(parseRequirement(inside), actual, "exact"));
        if (verdict === "compatible") expect(satisfies(requirement, actual, "exact")).toBe(true);
        if (verdict === "incompatible") expect(satisfies(requirement, actual, "exact")).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });
});

test.each([
  [">= 0.2.3", "4.8.0"],
  [">= 0.3.1", "4.16.1"],
  [">= 0.4.0", "4.44.0"],
  ["< 0.3 || 0.4.2", "4.8.0"],
  ["0.3.1", "4.16.1"],
  [">= 1.4.7", null],
  ["", null],
])("the oldest known Docker Desktop for %j is %s", (raw, oldest) => {
  expect(minimumDesktop(parseRequirement(raw), RELEASES, "minimum")).toBe(oldest);
});

test.each([
  [">= 1.4.7", true],
  ["1.0.1", true],
  [">= 0.4.3", true],
  ["> 2, < 1", true],
  [">= 0.4.2", false],
  ["< 0.1", false],
  [">= 1.0 || 0.3.4", false],
  ["", false],
])("%j can never match: %s", (raw, never) => {
  expect(neverMatches(parseRequirement(raw), RELEASES, "minimum")).toBe(never);
});

test("without releases on record nothing is called impossible", () => {
  expect(neverMatches(parseRequirement(">= 99"), [], "minimum")).toBe(false);
});

test("a prepared table answers like the plain list", () => {
  const table = prepareReleases(RELEASES);
  expect(prepareReleases(table)).toBe(table);
  expect(table.apis.map(({ api }) => api.text)).toEqual(["0.2.3", "0.3.0", "0.3.3", "0.3.4", "0.4.2"]);
  expect(ask(">=0.3", { desktop: "4.42.0" }, table)).toEqual(ask(">=0.3", { desktop: "4.42.0" }));
  expect(parseSemver("0.4.2")).toEqual(table.apis.at(-1)?.api);
});

function ask(
  raw: string,
  host: Pick<Host, "desktop" | "api">,
  releases: readonly DesktopRelease[] | ReturnType<typeof prepareReleases> = RELEASES,
): Judgement {
  return judge(parseRequirement(raw), host, releases, "minimum");
}
