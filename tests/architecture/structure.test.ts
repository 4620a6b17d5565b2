import { describe, expect, test } from "vitest";
import { importsIn } from "@/tests/architecture/imports";
import { filesIn, isGenerated, readSource, SCRIPT } from "@/tests/architecture/sources";
import { fileCircles, flatFolders, importGraph, upwardArrows } from "@/tests/architecture/structure";
import { placesIn } from "@/tests/architecture/syntax";

const FOLDERS = ["app", "components", "lib", "scripts", "tests"];
const FILES_MAX = 20;

/** Folders that are lists by nature, each with the reason. */
const LISTS = {
  "components/ui": "primitives that know nothing of each other",
  "lib/api/routes": "one file for each group of operations",
};

const files = FOLDERS.flatMap(filesIn).filter((file) => !isGenerated(file));
const graph = importGraph(
  files.filter((file) => SCRIPT.test(file)).map((file) => ({ file, specifiers: specifiersIn(file) })),
);

test("no files import each other", () => {
  expect(fileCircles(graph)).toEqual([]);
});

test("inside every folder, arrows point one way", () => {
  expect(upwardArrows(graph)).toEqual([]);
});

test("no folder is flat", () => {
  expect(flatFolders(files, { max: FILES_MAX, lists: LISTS })).toEqual([]);
});

test("every list by nature is still longer than other folders may be", () => {
  const flat = flatFolders(files, { max: FILES_MAX, lists: {} }).map((sentence) => sentence.split(" ", 1)[0]);
  expect(flat).toEqual(expect.arrayContaining(Object.keys(LISTS)));
});

describe("bad samples are found", () => {
  test("a circle, also one of types alone and through a third file", () => {
    const circle = importGraph([
      { file: "lib/catalog/a.ts", specifiers: ["@/lib/catalog/b"] },
      { file: "lib/catalog/b.ts", specifiers: ["@/lib/catalog/deep/c"] },
      { file: "lib/catalog/deep/c.ts", specifiers: ["@/lib/catalog/a"] },
    ]);
    expect(fileCircles(circle)).toEqual([expect.stringContaining("lib/catalog/a.ts, lib/catalog/b.ts")]);
  });

  test("an arrow up between sub-folders without a circle of files", () => {
    const turned = importGraph([
      { file: "lib/catalog/views/a.ts", specifiers: ["@/lib/catalog/snapshot/b"] },
      { file: "lib/catalog/snapshot/b.ts", specifiers: [] },
      { file: "lib/catalog/snapshot/c.ts", specifiers: ["@/lib/catalog/views/a"] },
    ]);
    expect(fileCircles(turned)).toEqual([]);
    expect(upwardArrows(turned)).toEqual([expect.stringContaining("In lib/catalog, snapshot, views")]);
  });

  test("a flat folder, but not one that is a list", () => {
    const many = Array.from({ length: FILES_MAX + 1 }, (_none, index) => `lib/catalog/file-${index}.ts`);
    expect(flatFolders(many, { max: FILES_MAX, lists: {} })).toEqual([
      expect.stringContaining("lib/catalog has 21 files"),
    ]);
    expect(flatFolders(many, { max: FILES_MAX, lists: { "lib/catalog": "a sample" } })).toEqual([]);
    expect(flatFolders(many.slice(1), { max: FILES_MAX, lists: {} })).toEqual([]);
  });
});

function specifiersIn(file: string): string[] {
  return importsIn(placesIn(file, readSource(file))).flatMap(({ specifier }) => specifier ?? []);
}
