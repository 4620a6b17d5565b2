import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { chosenParts } from "@/scripts/testing/chosen-parts.mjs";
import { DRILLS } from "@/scripts/testing/drills.mjs";
import { PARTS } from "@/scripts/testing/parts.mjs";

const KNOWN = ["unit", "registry", "e2e"];
const FILE = "tests/unit/scripts/chosen-parts.test.ts";

describe("npm test runs", () => {
  test.each([
    ["everything when nothing is named", [], [{ name: "unit" }, { name: "registry" }, { name: "e2e" }]],
    ["parts in their own order", ["e2e", "unit"], [{ name: "unit" }, { name: "e2e" }]],
    ["a file in the part that it belongs to", [FILE], [{ name: "unit", files: [FILE] }]],
    [
      "a folder, and no other that begins like it",
      ["tests/unit/api"],
      [{ name: "unit", files: ["tests/unit/api/"] }],
    ],
    ["a file by another spelling of its path", [`./${FILE}`], [{ name: "unit", files: [FILE] }]],
    ["a part by its folder", ["tests/registry"], [{ name: "registry" }]],
    [
      "several files of one part together",
      [FILE, "tests/unit/api"],
      [{ name: "unit", files: [FILE, "tests/unit/api/"] }],
    ],
    ["a whole part once, also when one of its files is named", [FILE, "unit"], [{ name: "unit" }]],
    ["a whole part once, also when a file of it comes later", ["unit", FILE], [{ name: "unit" }]],
  ])("%s", (_what, wishes, expected) => {
    expect(chosenParts(wishes, KNOWN)).toEqual(expected);
  });
});

describe("npm test refuses, with what can be named,", () => {
  test.each([
    ["an unknown name", "everything", "No such part, file or folder: everything."],
    ["a file that is not there", "tests/unit/nothing.test.ts", "No such part, file or folder: "],
    ["a file that is not a test", "tests/unit/archive/walk.ts", "is neither a test nor a folder with tests"],
    ["a folder without tests", "tests/support", "is neither a test nor a folder with tests"],
    ["a file outside of tests", "package.json", "is neither a test nor a folder with tests"],
    ["the folder of all tests", "tests", "is neither a test nor a folder with tests"],
    ["a drill", "tests/drills/kill-nine.test.ts", "is a drill"],
  ])("%s", (_what, wish, message) => {
    expect(() => chosenParts([wish], KNOWN)).toThrow(message);
  });
});

test("every folder with tests is a part of npm test, and every drill has its command", () => {
  const withTests = readdirSync("tests", { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(test|spec)\.ts$/.test(file))
    .map((file) => file.split("/")[0] ?? "");
  expect([...new Set(withTests)].sort()).toEqual([...Object.keys(PARTS), "drills"].sort());
  const drills = readdirSync("tests/drills").map((file) => file.replace(".test.ts", ""));
  expect(drills.sort()).toEqual(Object.keys(DRILLS).sort());
});
