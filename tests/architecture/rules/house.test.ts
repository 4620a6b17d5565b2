import { describe, expect, test } from "vitest";
import { FORBIDDEN_ACTS, GOOD_CODE, OPENED_DOORS, TURNED_ARROWS } from "@/tests/architecture/rules/samples";
import { scan } from "@/tests/architecture/rules/scan";
import { violationText } from "@/tests/architecture/rules/violation";
import { productionFiles, readSource } from "@/tests/architecture/sources";

test("the production code keeps every rule of the house", () => {
  const files = productionFiles();
  expect(files.length).toBeGreaterThan(0);
  expect(files.flatMap((file) => problems(file, readSource(file)))).toEqual([]);
});

describe.each([...TURNED_ARROWS, ...OPENED_DOORS, ...FORBIDDEN_ACTS])(
  "bad code: $teaches",
  ({ teaches, bad }) => {
    test.each(bad)("%s: %s", (file, source) => {
      expect(problems(file, source).filter((problem) => problem.includes(teaches))).toHaveLength(1);
    });
  },
);

describe("good code is left alone", () => {
  test.each(GOOD_CODE)("%s: %s", (file, source) => {
    expect(problems(file, source)).toEqual([]);
  });
});

test("a violation names its line", () => {
  expect(scan("lib/catalog/a.ts", "\n\nconsole.log(1);").map(({ line }) => line)).toEqual([3]);
});

test("a file that cannot be parsed is an error, not a file without imports", () => {
  expect(() => scan("lib/catalog/a.ts", "import {")).toThrow();
});

function problems(file: string, source: string): string[] {
  return scan(file, source).map(violationText);
}
