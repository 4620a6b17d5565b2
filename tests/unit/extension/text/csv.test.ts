import { describe, expect, test } from "vitest";
import { readCsv } from "@/lib/extension/text/csv";
import fc from "@/tests/builders/fast-check";

describe("comma-separated values", () => {
  test.each<[string, [number, string[]][]]>([
    ["", []],
    ["\ufeff", []],
    [
      "a,b\nc,d",
      [
        [1, ["a", "b"]],
        [2, ["c", "d"]],
      ],
    ],
    [
      "\ufeffa,b\r\nc,d\r\n",
      [
        [1, ["a", "b"]],
        [2, ["c", "d"]],
      ],
    ],
    [
      "a\rb",
      [
        [1, ["a"]],
        [2, ["b"]],
      ],
    ],
    [
      "a,\n,b\n",
      [
        [1, ["a", ""]],
        [2, ["", "b"]],
      ],
    ],
    ['"a,b","c ""d"""\n', [[1, ["a,b", 'c "d"']]]],
    [
      '"two\r\nlines",b\nc',
      [
        [1, ["two\r\nlines", "b"]],
        [3, ["c"]],
      ],
    ],
    [
      "\n\na\n \n,\nb\n",
      [
        [3, ["a"]],
        [6, ["b"]],
      ],
    ],
    ['4.1.0,say "hello"', [[1, ["4.1.0", 'say "hello"']]]],
    ['""', []],
  ])("%j", (text, expected) => {
    const csv = readCsv(text);
    expect(csv.kind === "read" && csv.records.map(({ line, cells }) => [line, cells])).toEqual(expected);
  });

  test.each<[string, number]>([
    ['a\n"b', 2],
    ['a\nb,"c"d\n', 2],
    ['a\n"two\nlines', 2],
  ])("%j is unreadable on line %i", (text, line) => {
    expect(readCsv(text)).toMatchObject({ kind: "unreadable", line });
  });

  test("cells come back as they were written", () => {
    const cell = fc.string({
      maxLength: 12,
      unit: fc.constantFrom("a", ",", '"', "\n", "\r", ";", " ", "é"),
    });
    const row = fc
      .array(cell, { minLength: 1, maxLength: 4 })
      .filter((cells) => cells.some((each) => each.trim()));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
        const text = rows
          .map((cells) => cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(","))
          .join("\r\n");
        const csv = readCsv(text);
        expect(csv.kind === "read" && csv.records.map(({ cells }) => cells)).toEqual(rows);
      }),
    );
  });

  test("a long unclosed cell is refused without recursion", () => {
    expect(readCsv(`a\n"${'x""'.repeat(200_000)}`)).toMatchObject({ kind: "unreadable", line: 2 });
  });
});
