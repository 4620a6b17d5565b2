import { describe, expect, test } from "vitest";
import { exitCodeResult, playwrightResult, vitestResult } from "@/scripts/testing/results.mjs";

const file = (status: string, tests: [string, string][], message = "") => ({
  name: "/checkout/a.test.ts",
  status,
  message,
  assertionResults: tests.map(([name, outcome]) => ({ fullName: name, status: outcome })),
});

describe("a vitest run", () => {
  test.each([
    [
      "passes with every test",
      [
        file("passed", [
          ["a", "passed"],
          ["b", "passed"],
        ]),
      ],
      0,
      2,
      [],
    ],
    [
      "fails with a test",
      [
        file("failed", [
          ["a", "passed"],
          ["b", "failed"],
        ]),
      ],
      1,
      1,
      ["failed: b"],
    ],
    [
      "fails with a skipped test",
      [
        file("passed", [
          ["a", "passed"],
          ["b", "skipped"],
        ]),
      ],
      0,
      1,
      ["skipped: b"],
    ],
    ["fails with a test to be written", [file("passed", [["a", "todo"]])], 0, 0, ["todo: a"]],
    [
      "fails with a file that cannot be loaded",
      [file("failed", [], "no such module\nat x")],
      1,
      0,
      ["failed: /checkout/a.test.ts: no such module"],
    ],
    ["fails without tests", [], 0, 0, ["no test was run"]],
    [
      "fails with an unhandled error",
      [file("passed", [["a", "passed"]])],
      1,
      1,
      [expect.stringContaining("exit code 1 although every test passed")],
    ],
  ])("%s", (_name, testResults, exitCode, passed, problems) => {
    expect(vitestResult({ testResults }, exitCode)).toEqual({ passed, problems });
  });

  test("fails without a report", () => {
    expect(vitestResult(undefined, 137)).toEqual({
      passed: 0,
      problems: ["the runner ended with exit code 137 and left no report"],
    });
  });
});

const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
const report = (specs: object[], errors: object[] = []) => ({
  suites: [{ title: "a.spec.ts", specs: [], suites: [{ title: "a page", specs }] }],
  errors,
});

describe("a Playwright run", () => {
  test.each([
    ["passes with every test", report([spec("works", "expected")]), 0, 1, []],
    [
      "fails with a test",
      report([spec("works", "unexpected")]),
      1,
      0,
      ["unexpected: a.spec.ts › a page › works"],
    ],
    [
      "fails with a flaky test",
      report([spec("works", "flaky")]),
      0,
      0,
      ["flaky: a.spec.ts › a page › works"],
    ],
    [
      "fails with a skipped test",
      report([spec("works", "skipped")]),
      0,
      0,
      ["skipped: a.spec.ts › a page › works"],
    ],
    [
      "fails with an error outside tests",
      report([], [{ message: "no browser\nat x" }]),
      1,
      0,
      ["failed: no browser"],
    ],
    ["fails without tests", report([]), 0, 0, ["no test was run"]],
    ["fails without a report", undefined, 1, 0, ["the runner ended with exit code 1 and left no report"]],
  ])("%s", (_name, given, exitCode, passed, problems) => {
    expect(playwrightResult(given, exitCode)).toEqual({ passed, problems });
  });
});

test("a program that only says yes or no counts as one test", () => {
  expect(exitCodeResult(0)).toEqual({ passed: 1, problems: [] });
  expect(exitCodeResult(2)).toEqual({ passed: 0, problems: ["ended with exit code 2"] });
});
