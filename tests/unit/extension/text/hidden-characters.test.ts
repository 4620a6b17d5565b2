import { describe, expect, test } from "vitest";
import { isBlank, textRuns } from "@/lib/extension/text/hidden-characters";

const shown = (text: string) =>
  textRuns(text)
    .map((run) => (run.hidden ? `[${run.text}]` : run.text))
    .join("");

describe("what cannot be seen is spelled out", () => {
  test.each([
    ["a right-to-left override", "image: good\u202egro.live", "image: good[‹U+202E›]gro.live"],
    ["isolates", "a\u2066b\u2069c", "a[‹U+2066›]b[‹U+2069›]c"],
    ["several in a row", "a\u200b\u200b\u2060b", "a[‹U+200B›‹U+200B›‹U+2060›]b"],
    ["an Arabic letter mark", "a\u061cb", "a[‹U+061C›]b"],
    ["tag characters", "a\u{e0041}b", "a[‹U+E0041›]b"],
    ["a no-break space", "a\u00a0b", "a[‹U+00A0›]b"],
    ["a Hangul filler", "\u3164x", "[‹U+3164›]x"],
    ["a braille blank", "\u2800x", "[‹U+2800›]x"],
    ["a soft hyphen", "pass\u00adword", "pass[‹U+00AD›]word"],
    ["a byte order mark", "\ufeffname: x", "[‹U+FEFF›]name: x"],
    ["an escape", "\u001b[31m", "[‹U+001B›][31m"],
    ["a lone surrogate", "a\ud800b", "a[‹U+D800›]b"],
    ["a line separator", "a\u2028b", "a[‹U+2028›]b"],
    ["a carriage return that is no line end", "good\rbad", "good[‹U+000D›]bad"],
    ["a joiner between letters", "a\u200db", "a[‹U+200D›]b"],
    ["a variation selector after a letter", "a\ufe0fb", "a[‹U+FE0F›]b"],
    ["a variation selector after a digit", "1\ufe0f.0", "1[‹U+FE0F›].0"],
  ])("%s", (_name, text, expected) => {
    expect(shown(text)).toBe(expected);
  });
});

test.each([
  ["tabs and line breaks", "a\tb\r\nc\nd\r"],
  ["an emoji of several people", "👩‍💻 and 👩🏽‍🚀"],
  ["an emoji with a variation selector", "❤️‍🔥 ✔️ 1️⃣"],
  ["other scripts", "ディスク · Größe · مرحبا · שלום · हिन्दी"],
])("%s stay as they are", (_name, text) => {
  expect(textRuns(text)).toEqual([{ hidden: false, text }]);
});

test.each([
  "",
  " ",
  "\u3164\u3164",
  "\u2800",
  "\u200b\u00a0",
  "\u0301",
  "\u{e0041}",
  "\u115f\u1160",
  "\uffa0",
])("%j is blank to the eye", (text) => {
  expect(isBlank(text)).toBe(true);
});

test.each(["a", ".", "👩‍💻", "ा क", "\u200bx"])("%j is not blank", (text) => {
  expect(isBlank(text)).toBe(false);
});
