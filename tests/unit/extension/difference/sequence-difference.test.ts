import { describe, expect, test } from "vitest";
import { type Run, sequenceDifference } from "@/lib/extension/difference/sequence-difference";
import { foldedWords, wordDifference } from "@/lib/extension/difference/word-difference";
import fc from "@/tests/builders/fast-check";

const letters = (text: string) => [...text];
const spoken = (runs: Run<string>[] | undefined) =>
  runs?.map(({ kind, items }) => `${{ same: "=", added: "+", removed: "-" }[kind]}${items.join("")}`);

test.each([
  ["", "", []],
  ["abc", "abc", ["=abc"]],
  ["", "abc", ["+abc"]],
  ["abc", "", ["-abc"]],
  ["abc", "abXc", ["=ab", "+X", "=c"]],
  ["abXc", "abc", ["=ab", "-X", "=c"]],
  ["abc", "aXc", ["=a", "-b", "+X", "=c"]],
  ["aab", "ab", ["=a", "-a", "=b"]],
  ["abcdef", "abXXef", ["=ab", "-cd", "+XX", "=ef"]],
])("%s → %s", (before, after, expected) => {
  expect(spoken(sequenceDifference(letters(before), letters(after), 100))).toEqual(expected);
});

const few = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 30 });
const take = (runs: Run<string>[], kinds: Run<string>["kind"][]) =>
  runs.filter(({ kind }) => kinds.includes(kind)).flatMap(({ items }) => items);

/** The textbook's table. */
function longestCommon(a: string[], b: string[]): number {
  const rows = [...a, ""].map(() => [...b, ""].map(() => 0));
  for (let x = 1; x <= a.length; x += 1)
    for (let y = 1; y <= b.length; y += 1) {
      const row = rows[x] ?? [];
      const above = rows[x - 1] ?? [];
      row[y] = a[x - 1] === b[y - 1] ? (above[y - 1] ?? 0) + 1 : Math.max(above[y] ?? 0, row[y - 1] ?? 0);
    }
  return rows[a.length]?.[b.length] ?? 0;
}

test("both texts can be read out of it, and no shorter way leads from the one to the other", () => {
  fc.assert(
    fc.property(few, few, (before, after) => {
      const runs = sequenceDifference(before, after, 100) ?? [];
      expect(take(runs, ["same", "removed"])).toEqual(before);
      expect(take(runs, ["same", "added"])).toEqual(after);
      expect(take(runs, ["same"])).toHaveLength(longestCommon(before, after));
    }),
    { numRuns: 500 },
  );
});

test("neighbors are never of one kind, and the removed comes before the added", () => {
  fc.assert(
    fc.property(few, few, (before, after) => {
      const kinds = (sequenceDifference(before, after, 100) ?? []).map(({ kind }) => kind);
      for (const [at, kind] of kinds.entries()) {
        expect(kind).not.toBe(kinds[at + 1]);
        if (kind === "added") expect(kinds[at + 1]).not.toBe("removed");
      }
    }),
  );
});

describe("what would cost too much is not compared", () => {
  test("with more edits than are allowed", () => {
    const [before, after] = [letters("abcdefgh"), letters("12345678")];
    expect(sequenceDifference(before, after, 16)).toBeDefined();
    expect(sequenceDifference(before, after, 15)).toBeUndefined();
  });

  test("unless one of them only has more", () => {
    expect(sequenceDifference([], letters("abc"), 0)).toEqual([{ kind: "added", items: ["a", "b", "c"] }]);
  });

  test("with more items than are allowed, unless they are the same", () => {
    const many = Array.from({ length: 30_000 }, (_, index) => String(index));
    expect(sequenceDifference(many, [...many, "x"], 5)).toHaveLength(2);
    expect(sequenceDifference(["x", ...many, "y"], ["z", ...many, "v"], 5)).toBeUndefined();
  });
});

describe("words", () => {
  test("only the changed words are marked", () => {
    expect(wordDifference("Counts bytes and minutes.", "Counts bytes, misses and minutes.")).toEqual([
      { kind: "same", text: "Counts bytes" },
      { kind: "added", text: ", misses" },
      { kind: "same", text: " and minutes." },
    ]);
  });

  test.each([
    [">= 0.3.0", ">= 0.3.4", ["=>= ", "-0.3.0", "+0.3.4"]],
    ["a red car", "a blue bike", ["=a ", "-red car", "+blue bike"]],
    ["one, two", "one, two, three", ["=one, two", "+, three"]],
    ["<ul><li>a</li></ul>", "<ul><li>a</li><li>b</li></ul>", ["=<ul><li>a</li>", "+<li>b</li>", "=</ul>"]],
  ])("%s → %s reads well", (before, after, expected) => {
    expect(spoken(wordDifference(before, after).map(({ kind, text }) => ({ kind, items: [text] })))).toEqual(
      expected,
    );
  });

  test("texts without anything in common stand whole", () => {
    const [before, after] = ["a b ".repeat(300), "ü,ö;".repeat(300)];
    expect(wordDifference(before, after)).toEqual([
      { kind: "removed", text: before },
      { kind: "added", text: after },
    ]);
  });

  test("every text can be read out again", () => {
    const text = fc.string({ unit: "binary", maxLength: 60 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const runs = wordDifference(before, after);
        const without = (kind: string) =>
          runs
            .filter((run) => run.kind !== kind)
            .map((run) => run.text)
            .join("");
        expect([without("added"), without("removed")]).toEqual([before, after]);
      }),
    );
  });

  test("long texts are folded for reading, where nothing changed in their middle", () => {
    const same = "word ".repeat(100);
    const [first, second] = foldedWords(wordDifference(same, `${same}${"new ".repeat(900)}`));
    expect(first?.text).toMatch(/^(word )+ … (word )+$/);
    expect(first?.text.length).toBeLessThan(130);
    expect(second?.text).toHaveLength(2001);
  });
});
