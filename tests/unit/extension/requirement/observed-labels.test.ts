import { describe, expect, test } from "vitest";
import { parseRequirement, satisfies } from "@/lib/extension/requirement";
import { parseSemver, type SemVersion } from "@/lib/extension/semver";

/** The Extension API versions that public Docker Desktop releases have had. */
const APIS = ["0.2.3", "0.3.0", "0.3.3", "0.3.4", "0.4.2"];

/** Values found in 99 public labels: how often, the value, the API versions that fit as a minimum and exactly. */
const OBSERVED: [number, string, string[], string[]][] = [
  [26, ">= 0.2.3", APIS, APIS],
  [13, "0.3.4", ["0.3.4", "0.4.2"], ["0.3.4"]],
  [8, "0.3.0", ["0.3.0", "0.3.3", "0.3.4", "0.4.2"], ["0.3.0"]],
  [7, ">= 0.2.0", APIS, APIS],
  [7, "0.4.2", ["0.4.2"], ["0.4.2"]],
  [6, ">= 0.3.0", ["0.3.0", "0.3.3", "0.3.4", "0.4.2"], ["0.3.0", "0.3.3", "0.3.4", "0.4.2"]],
  [4, "0.3.3", ["0.3.3", "0.3.4", "0.4.2"], ["0.3.3"]],
  [3, ">= 0.1.0", APIS, APIS],
  [2, ">= 0.0.1", APIS, APIS],
  [2, ">=0.2.3", APIS, APIS],
  [2, ">= 0.3.4", ["0.3.4", "0.4.2"], ["0.3.4", "0.4.2"]],
  [2, ">= 1.4.7", [], []],
  [2, "0.1.0", APIS, []],
  [2, "1.0.0-beta.1", [], []],
  [1, ">= 0.3.3", ["0.3.3", "0.3.4", "0.4.2"], ["0.3.3", "0.3.4", "0.4.2"]],
  [1, ">= 0.4.0", ["0.4.2"], ["0.4.2"]],
  [1, ">= 0.4.2", ["0.4.2"], ["0.4.2"]],
  [1, ">= 1.0", [], []],
  [1, ">= 1.4.7, < 2.0", [], []],
  [1, "0.0.1", APIS, []],
  [1, "0.2.0", APIS, []],
  [1, "0.2.1", APIS, []],
  [1, "1.0", [], []],
  [1, "1.0.1", [], []],
];

/** Build arguments that nobody filled in, once each. */
const UNFILLED = ["DD_API_VERSION", "DD_VERSION", "VERSION"].map((argument) => `\${${argument}}`);

describe("labels found in public images", () => {
  test("are all in the table", () => {
    expect(OBSERVED.reduce((sum, [count]) => sum + count, UNFILLED.length)).toBe(99);
  });

  test.each(OBSERVED)("%i × %j", (_count, raw, asMinimum, exactly) => {
    const requirement = parseRequirement(raw);
    expect(APIS.filter((api) => satisfies(requirement, version(api), "minimum"))).toEqual(asMinimum);
    expect(APIS.filter((api) => satisfies(requirement, version(api), "exact"))).toEqual(exactly);
    expect(requirement).toMatchObject({ kind: "readable", raw, bare: /^[0-9]/.test(raw) });
  });

  test.each(UNFILLED)("the build argument %j fits nothing and says what to do", (raw) => {
    const requirement = parseRequirement(raw);
    expect(requirement).toMatchObject({ kind: "unreadable", raw, problem: "build_argument" });
    expect(requirement).toHaveProperty("message", expect.stringContaining("Declare the ARG"));
    expect(satisfies(requirement, version("0.3.4"), "minimum")).toBe(false);
  });
});

function version(text: string): SemVersion {
  const parsed = parseSemver(text);
  if (parsed === undefined) throw new Error(`${text} is not a version`);
  return parsed;
}
