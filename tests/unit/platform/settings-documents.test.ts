import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const source = readFileSync("lib/platform/env.ts", "utf8");
/** Each setting is one line of the schema. NODE_ENV is set by the scripts, not by people. */
const names = [...source.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].flatMap(([, name]) =>
  name === undefined || name === "NODE_ENV" ? [] : [name],
);

test("the settings are found in the schema", () => {
  expect(names).toContain("GANTRY_DATA_DIR");
  expect(names.length).toBeGreaterThan(10);
});

describe.each(["README.md", ".env.example"])("%s", (file) => {
  const text = readFileSync(file, "utf8");

  test.each(names)("tells of %s", (name) => {
    expect(text).toMatch(new RegExp(`\\b${name}\\b`));
  });

  test("tells of no setting of ours that does not exist", () => {
    const told = [...text.matchAll(/\bGANTRY_[A-Z_]+\b/g)].map(([name]) => name);
    expect(told.filter((name) => !names.includes(name))).toEqual([]);
  });
});
