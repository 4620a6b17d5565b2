import { describe, expect, test } from "vitest";
import { wordDifference } from "@/lib/extension/difference/word-difference";
import { beginning, ending } from "@/lib/extension/text/shorten";
import fc from "@/tests/builders/fast-check";

describe("a shortened text ends between characters as readers see them", () => {
  test.each([
    ["Disk Lens", 4, "Disk"],
    ["a👩‍💻b", 2, "a"],
    ["a👩‍💻b", 4, "a"],
    ["a👍🏽b", 3, "a"],
    ["हिन्दी", 1, ""],
    ["e\u0301e\u0301", 3, "e\u0301"],
    ["❤️x", 1, ""],
    ["short", 10, "short"],
    [`e${"\u0301".repeat(100)}`, 50, `e${"\u0301".repeat(17)}`],
  ])("%j at %d", (text, max, expected) => {
    expect(beginning(text, max)).toBe(expected);
  });

  test("from the end as well", () => {
    expect(ending("ab👩‍💻", 3)).toBe("");
    expect(ending("abe\u0301", 1)).toBe("");
    expect(ending("Disk Lens", 4)).toBe("Lens");
  });

  test("never with half a surrogate pair", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.nat(80), (text, max) => {
        for (const cut of [beginning(text, max), ending(text, max)]) {
          expect(cut.length).toBeLessThanOrEqual(Math.max(max, 0));
          expect(cut.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});

test("a comparison by words never separates letters from their marks, or the parts of an emoji", () => {
  const pairs = [
    ["हिन्दी दस्तावेज़", "हिन्दी दस्तावेज"],
    ["e\u0301t\u0301", "e\u0301t"],
    ["by 👩‍💻", "by 👨‍💻"],
    ["🇩🇪", "🇩🇰"],
  ] as const;
  for (const [before, after] of pairs) {
    for (const { text } of wordDifference(before, after)) {
      expect(text).not.toMatch(/^[\p{M}\u200d]/u);
      expect([...text.matchAll(/\p{RI}/gu)].length % 2).toBe(0);
    }
  }
});
