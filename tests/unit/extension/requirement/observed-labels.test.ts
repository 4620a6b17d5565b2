import { describe, expect, test } from "vitest";
import { parseSemver, type SemVersion } from "@/lib/extension/reference/semver";
import { parseRequirement, satisfies } from "@/lib/extension/requirement/requirement";
import { APIS, OBSERVED, UNFILLED } from "@/tests/builders/api-version-labels";

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
