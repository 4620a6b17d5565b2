import { describe, expect, test } from "vitest";
import { parseSemver } from "@/lib/extension/reference/semver";
import { combineRequirements, parseRequirement, satisfies } from "@/lib/extension/requirement/requirement";

const ADVICE = "Set the oldest Extension API version that works, for example “>= 0.3.4”.";

describe("an unusable label", () => {
  test.each([
    [null, "missing", "The image does not state which Extension API it requires."],
    ["", "empty", "The label is invalid: it is empty."],
    ["   \n", "empty", "The label is invalid: it is empty."],
    ["9".repeat(257), "too_long", "The label is invalid: it has more than 256 characters."],
    [
      "four.38",
      "syntax",
      "The label “four.38” is not a version range: “four.38” at character 1 is not a version.",
    ],
  ])("%j is %s and says what to write", (raw, problem, what) => {
    expect(parseRequirement(raw)).toEqual({ kind: "unreadable", raw, problem, message: `${what} ${ADVICE}` });
  });

  test("with a build argument in the middle is recognized", () => {
    expect(parseRequirement(`>= \${API}`)).toHaveProperty("problem", "build_argument");
    expect(parseRequirement(">= $API")).toHaveProperty("problem", "build_argument");
  });

  test("fits no API version under any reading", () => {
    const unreadable = parseRequirement("");
    expect(fits(unreadable, "0.0.0", "minimum") || fits(unreadable, "0.3.4", "exact")).toBe(false);
  });
});

describe("a bare version", () => {
  test.each([
    ["0.3.4", "0.3.4", ">= 0.3.4", "0.3.4"],
    ["v0.3.4", "0.3.4", ">= 0.3.4", "0.3.4"],
    ["1.0", "1.0", ">= 1.0", "1.0.0"],
    ["1.0.0-beta.1", "1.0.0-beta.1", ">= 1.0.0-beta.1", "1.0.0-beta.1"],
  ])("%j has both readings", (raw, exact, minimum, minimumText) => {
    expect(parseRequirement(raw)).toMatchObject({
      bare: true,
      minimumText,
      readings: { exact: { text: exact }, minimum: { text: minimum } },
    });
  });

  test.each(["= 0.3.4", ">= 0.3.4", "0.3.x", "*", "0.3.3 || 0.3.4", "0.3.4 - 0.4.2"])("%j is none", (raw) => {
    const requirement = parseRequirement(raw);
    expect(requirement).toHaveProperty("bare", false);
    if (requirement.kind === "readable")
      expect(requirement.readings.minimum).toBe(requirement.readings.exact);
  });

  test("read exactly, a short one stands for its whole line", () => {
    expect(fits(parseRequirement("0.3"), "0.3.4", "exact")).toBe(true);
    expect(fits(parseRequirement("0.3"), "0.4.2", "exact")).toBe(false);
    expect(fits(parseRequirement("0.3"), "0.4.2", "minimum")).toBe(true);
  });
});

test.each([
  [">= 0.2.3", "0.2.3"],
  ["> 0.2.3", "0.2.4"],
  ["< 2.0", null],
  ["*", null],
  ["> 2, < 1", null],
  [">= 1.0.0-beta.1", "1.0.0-beta.1"],
  [">= 2 || 0.3.x", "0.3.0"],
])("the oldest API version that fits %j is %j", (raw, oldest) => {
  expect(parseRequirement(raw)).toHaveProperty("minimumText", oldest);
});

describe("labels that differ between platforms", () => {
  test("are all to be satisfied", () => {
    const both = combineRequirements([">= 0.3.0", "< 0.4 || 0.4.2"].map(parseRequirement));
    expect(both).toHaveProperty("readings.minimum.text", ">= 0.3.0, (< 0.4 || 0.4.2)");
    expect(["0.2.3", "0.3.0", "0.3.4", "0.4.0", "0.4.2"].filter((api) => fits(both, api, "minimum"))).toEqual(
      ["0.3.0", "0.3.4", "0.4.2"],
    );
  });

  test("keep their own reading of a bare version", () => {
    const both = combineRequirements(["0.3.0", ">= 0.2.3"].map(parseRequirement));
    expect(both).toMatchObject({ bare: true, minimumText: "0.3.0" });
    expect(fits(both, "0.3.4", "minimum")).toBe(true);
    expect(fits(both, "0.3.4", "exact")).toBe(false);
  });

  test("are unreadable together when one is", () => {
    expect(combineRequirements([">= 0.3.0", ""].map(parseRequirement))).toHaveProperty("problem", "empty");
    expect(combineRequirements([parseRequirement(">= 0.3.0"), parseRequirement(null)])).toHaveProperty(
      "problem",
      "missing",
    );
    expect(combineRequirements([])).toHaveProperty("problem", "missing");
  });

  test("that agree stay one", () => {
    const one = parseRequirement(">= 0.3.0");
    expect(combineRequirements([one, parseRequirement(">= 0.3.0")])).toEqual(one);
  });

  test("may be many and long", () => {
    const labels = Array.from({ length: 256 }, (_, n) =>
      Array.from({ length: 20 }, (_, m) => `!=${n}.${m}.0`).join(","),
    );
    const all = combineRequirements(labels.map(parseRequirement));
    expect(fits(all, "255.19.0", "exact")).toBe(false);
    expect(fits(all, "255.20.0", "exact")).toBe(true);
  });
});

function fits(
  requirement: ReturnType<typeof parseRequirement>,
  api: string,
  reading: "minimum" | "exact",
): boolean {
  const version = parseSemver(api);
  return version !== undefined && satisfies(requirement, version, reading);
}
