import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

/** `export const READ_CONFIG: Task<…> = { module: "lib/…", name: "READ_CONFIG", …`. */
const TASK = /^export const (\w+): Task<[\s\S]*?module: "([^"]+)",\s+name: "([^"]+)"/gm;

const files = readdirSync("lib", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => `lib/${file}`);

const tasks = files.flatMap((file) =>
  [...readFileSync(file, "utf8").matchAll(TASK)].map(([, constant = "", module = "", name = ""]) => ({
    file,
    constant,
    module,
    name,
  })),
);

test("there are tasks for every kind of text", () => {
  expect(tasks.map(({ name }) => name).toSorted()).toEqual([
    "COMPARE_REPORTS",
    "FIND_COLLISIONS",
    "READ_ARTIFACT",
    "READ_BUNDLE",
    "READ_COMPOSE",
    "READ_CONFIG",
    "READ_LABELS",
    "READ_MANIFEST",
    "READ_METADATA",
    "READ_PROVENANCE",
    "READ_REFERRERS",
    "READ_TAG_PAGE",
    "RENDER_TEXT",
    "SURVEY_TAGS",
    "WRITE_REPORT",
  ]);
});

describe("a thread finds each task where the task says that it is", () => {
  test.each(tasks)("$name", async ({ file, constant, module, name }) => {
    expect(`${module}.ts`).toBe(file);
    expect(name).toBe(constant);
    const loaded: Record<string, unknown> = await import(`@/${module}`);
    expect(loaded[name]).toMatchObject({ module, name, run: expect.any(Function) });
  });
});
