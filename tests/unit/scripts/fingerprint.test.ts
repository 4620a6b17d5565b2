import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fingerprint } from "@/scripts/setup/fingerprint.mjs";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gantry-fingerprint-"));
  mkdirSync(path.join(folder, "inner"));
  write("a.ts", "one");
  write("inner/b.ts", "two");
});

afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ["a changed file", () => write("inner/b.ts", "three")],
  ["a new file", () => write("inner/c.ts", "")],
  ["a removed file", () => rmSync(path.join(folder, "a.ts"))],
  [
    "content that moves to another name",
    () => {
      write("a.ts", "two");
      write("inner/b.ts", "one");
    },
  ],
])("%s changes the fingerprint", (_what, change) => {
  const before = fingerprint([folder]);
  change();
  expect(fingerprint([folder])).not.toBe(before);
});

test("writing the same content again does not change it", () => {
  const before = fingerprint([folder]);
  write("a.ts", "one");
  expect(fingerprint([folder])).toBe(before);
});

test("what is left out does not change it, and what is added does", () => {
  const except = [path.join(folder, "inner")];
  const before = fingerprint([folder], { except });
  write("inner/b.ts", "three");
  expect(fingerprint([folder], { except })).toBe(before);
  expect(fingerprint([folder], { except, extra: ["a key"] })).not.toBe(before);
});

function write(file: string, content: string): void {
  writeFileSync(path.join(folder, file), content);
}
