import { describe, expect, test } from "vitest";
import { forbiddenPhrases } from "@/tests/architecture/phrases";
import { filesIn, isGenerated, readSource } from "@/tests/architecture/sources";

const FOLDERS = ["app", "components", "docs", "lib", "scripts", "tests", "prisma"];
const DOCUMENTS = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"];
const TEXT = /\.(?:[cm]?[jt]sx?|md|prisma|css)$/;

/** What others wrote, and the list itself. */
const LEFT_ALONE = ["tests/architecture/phrases.ts", "tests/architecture/phrases.test.ts"];

test("no text of the project uses a forbidden phrase", () => {
  const files = [...DOCUMENTS, ...FOLDERS.flatMap(filesIn)].filter(
    (file) => TEXT.test(file) && !isGenerated(file) && !LEFT_ALONE.includes(file),
  );
  const found = files.flatMap((file) =>
    forbiddenPhrases(readSource(file), { isTest: file.startsWith("tests/") }).map(
      ({ line, text, instead }) => `${file}:${line} "${text}". Write: ${instead}.`,
    ),
  );
  expect(found).toEqual([]);
});

describe("bad samples are found", () => {
  test.each([
    ["anew", "/** The list is made anew. */"],
    ["for ever", "A code keeps its meaning for ever."],
    ["is told", "Nothing is told twice."],
    ["are asked", "Registries are asked gently."],
    ["whoever", "Whoever comes after the pause finds out."],
    ["Nobody", "Nobody who has it hears of it."],
    ["so many ", "/** So many failures in a row, and the host is left alone. */"],
    ["There is nothing to do", "There is nothing to do."],
    ["cannot be had", "The icon cannot be had."],
    ["by itself", "It is tried again by itself."],
    ["e-mail", "Enter your e-mail address."],
    ["decide about", "Decide about it in the review queue."],
    ["lies in the past", "The expiry lies in the past."],
    ["web sites", "Other web sites cannot call it."],
    ["needs a person", "The finding needs a person."],
    ["was looked at", "Name the digest that was looked at."],
    ["Normalis", "export function pathNormaliser() {}"],
  ])("%s", (phrase, sample) => {
    expect(forbiddenPhrases(sample).map(({ text }) => text.toLowerCase())).toEqual([phrase.toLowerCase()]);
  });
});

test("good sentences are left alone", () => {
  const good = [
    "It takes so long that the request times out.",
    "The slots are normalized, and an email goes out.",
    "At most 50 tags are read, up to 5 minutes.",
  ];
  expect(good.flatMap((sentence) => forbiddenPhrases(sentence))).toEqual([]);
});
