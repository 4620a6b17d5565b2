import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { ROOT, readSource } from "@/tests/architecture/sources";

const FOLDER = "docs/decisions";
const FORM =
  /^# (\d{3}): (.+)\n\nStatus: ((?:accepted|rejected|superseded by \d{3}), \d{4}-\d{2}-\d{2}.*)\n\n/;

const files = readdirSync(path.join(ROOT, FOLDER)).filter((name) => name !== "README.md");

test("every decision has a number, a title, a status and a date, and the index has them all", () => {
  const rows = files.sort().map((file) => rowOf(file, readSource(`${FOLDER}/${file}`)));
  expect(rows).not.toContain(undefined);
  expect(rowsIn(readSource(`${FOLDER}/README.md`))).toEqual(rows);
});

test("a record without a status has no form", () => {
  expect(rowOf("001-x.md", "# 001: X\n\n**Context.** None.\n")).toBeUndefined();
});

function rowOf(file: string, text: string): string[] | undefined {
  const [, number, title, status] = FORM.exec(text) ?? [];
  if (number === undefined || title === undefined || status === undefined) return undefined;
  return file.startsWith(`${number}-`) ? [number, `[${title}](${file})`, status] : undefined;
}

function rowsIn(index: string): string[][] {
  return index
    .split("\n")
    .filter((line) => /^\| \d/.test(line))
    .map((line) => line.slice(1, -1).split("|"))
    .map((cells) => cells.map((cell) => cell.trim()));
}
