import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { missingPaths } from "@/tests/architecture/cited-paths";
import { ROOT, readSource } from "@/tests/architecture/sources";

/** CHANGELOG.md is left out: it tells of files that may be gone. */
function documents(): string[] {
  const atTop = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"];
  const inDocs = existsSync(path.join(ROOT, "docs"))
    ? readdirSync(path.join(ROOT, "docs"), { recursive: true })
    : [];
  const below = inDocs.map((name) => `docs/${String(name)}`).filter((file) => file.endsWith(".md"));
  return [...atTop.filter((file) => existsSync(path.join(ROOT, file))), ...below];
}

test("every path that the documents name exists", () => {
  expect(
    documents().flatMap((file) => missingPaths(file, readSource(file)).map((cited) => `${file}: ${cited}`)),
  ).toEqual([]);
});

describe("a missing path is found", () => {
  test.each([
    ["in a code span", "See `lib/nowhere/at-all.ts`.", "lib/nowhere/at-all.ts"],
    ["as an import", "See `@/lib/nowhere/at-all`.", "lib/nowhere/at-all"],
    ["with a line", "See `lib/nowhere.ts:12`.", "lib/nowhere.ts"],
    ["before a pattern", "See `lib/nowhere/*.ts`.", "lib/nowhere"],
    ["at the top", "See `nowhere.ts`.", "nowhere.ts"],
    ["in a link", "See [this](nowhere.md#part).", "docs/nowhere.md"],
    ["in a link upwards", "See [this](../nowhere).", "nowhere"],
  ])("%s", (_where, text, missing) => {
    expect(missingPaths("docs/operating.md", text)).toEqual([missing]);
  });
});

describe("what is no path of the checkout is left alone", () => {
  test.each([
    ["an existing file", "`lib/platform/errors.ts`, `@/lib/platform/errors`, [this](../package.json)"],
    [
      "an existing folder and a pattern below it",
      "`lib/extension`, `lib/extension/*.ts`, `tests/**/*.test.ts`",
    ],
    ["an address", "[site](https://example.com/lib/x.ts), [mail](mailto:a@example.com), [part](#part)"],
    [
      "a route, a repository, a media type",
      "`/api/v1/extensions`, `docker.io/acme/disk-lens`, `application/json`",
    ],
    ["a command in a block", "```\ncat lib/nowhere.ts\n```\n"],
    ["a word with a dot", "`linux/arm64`, `npm start`, `metadata.json`, `1.2.3`"],
  ])("%s", (_what, text) => {
    expect(missingPaths("docs/operating.md", text)).toEqual([]);
  });
});
