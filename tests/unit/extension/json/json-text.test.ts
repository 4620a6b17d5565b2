import { describe, expect, test } from "vitest";
import { type JsonValue, readJsonText } from "@/lib/extension/json/json-text";
import fc from "@/tests/builders/fast-check";

const DEPTH = 64;

/** What `JSON.parse` would give: the maps as objects without a prototype. */
function asPlain(value: JsonValue): unknown {
  if (Array.isArray(value)) return value.map(asPlain);
  if (value instanceof Map) {
    const plain: Record<string, unknown> = Object.create(null);
    for (const [key, item] of value) plain[key] = asPlain(item);
    return plain;
  }
  return value;
}

function asStandard(text: string): { value: unknown } | undefined {
  try {
    return {
      value: JSON.parse(text, (_key, value: unknown) =>
        typeof value === "string" ? value.toWellFormed() : value,
      ),
    };
  } catch {
    return undefined;
  }
}

function expectSameAsStandard(text: string): void {
  const standard = asStandard(text);
  const reading = readJsonText(text, DEPTH);
  expect(reading.ok, text).toBe(standard !== undefined);
  if (reading.ok) expect(JSON.stringify(asPlain(reading.value))).toBe(JSON.stringify(standard?.value));
}

describe("the same texts are JSON as for the standard parser, with the same values", () => {
  test("for documents written by a program", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5, stringUnit: "binary" }), fc.boolean(), (text, indented) => {
        expectSameAsStandard(indented ? JSON.stringify(JSON.parse(text), null, 2) : text);
      }),
    );
  });

  test("for documents with one piece cut out, doubled or replaced", () => {
    const spot = fc.tuple(
      fc.nat(),
      fc.nat({ max: 3 }),
      fc.constantFrom("", ",", '"', "}", "]", "\\", "0", "\n", "'", ".", "-", "e"),
    );
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), spot, (text, [where, length, insert]) => {
        const at = where % (text.length + 1);
        expectSameAsStandard(text.slice(0, at) + insert + text.slice(at + length));
      }),
      { numRuns: 1500 },
    );
  });

  test("for short texts out of JSON's own characters", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[[\]{}",:0-9.eE+\-\\utrfalsn \n]{0,12}$/), expectSameAsStandard),
      { numRuns: 1500 },
    );
  });

  test.each([
    "-0",
    "1e400",
    "-1E-7",
    "123456789012345678901234567890",
    '"\\ud800"',
    '"\u2028"',
    '{"":1}',
    "\u00a01",
    "\ufeff1",
    "01",
    "1.",
    ".5",
    "+1",
    "0x1",
    "--1",
    "1e",
    "tru",
    "truefalse",
    "nul",
  ])("for the odd text %j", expectSameAsStandard);
});

describe("a text that is not JSON is explained at its place", () => {
  test.each([
    ["", 1, 1, /unexpected end/],
    ['{"a": 1,', 1, 9, /unexpected end/],
    ['{"a"', 1, 5, /unexpected end/],
    ['{\n  "a": 1,\n}', 3, 1, /comma before the closing “}”/],
    ["[1, 2,]", 1, 7, /comma before the closing “]”/],
    ['{\n  // icon\n  "a": 1\n}', 2, 3, /not allow comments/],
    ['{"a": 1 /* x */}', 1, 9, /not allow comments/],
    ["{'a': 1}", 1, 2, /single quotes/],
    ["{a: 1}", 1, 2, /key in double quotes/],
    ['{"a": NaN}', 1, 7, /“NaN” is not a JSON value/],
    ['{"a": undefined}', 1, 7, /“undefined” is not a JSON value/],
    ['{"a": 01}', 1, 8, /invalid number/],
    ['{"a" 1}', 1, 6, /colon/],
    ['{"a": 1 "b": 2}', 1, 9, /comma or “}”/],
    ['{"a": "x\ny"}', 1, 9, /line break or control character/],
    ['{"a": "x', 1, 9, /no closing double quote/],
    ['{"a": "C:\\dir"}', 1, 7, /backslash/],
    ['{"a": 1} {"b": 2}', 1, 10, /after the end/],
  ])("%j at line %i, column %i", (text, line, column, why) => {
    expect(readJsonText(text, DEPTH)).toEqual({
      ok: false,
      problem: "syntax",
      why: expect.stringMatching(why),
      line,
      column,
    });
  });
});

describe("depth", () => {
  test("64 levels are read and 65 are refused, however deep it goes on", () => {
    expect(readJsonText("[".repeat(64) + "]".repeat(64), DEPTH)).toMatchObject({ ok: true });
    expect(readJsonText("[".repeat(65) + "]".repeat(65), DEPTH)).toMatchObject({
      ok: false,
      problem: "depth",
      column: 65,
    });
    expect(readJsonText('{"a":'.repeat(500_000), DEPTH)).toMatchObject({ ok: false, problem: "depth" });
  });

  test("many arrays beside each other are not deep", () => {
    expect(readJsonText(`[${"[],".repeat(100_000)}[]]`, DEPTH)).toMatchObject({ ok: true });
  });
});

describe("keys", () => {
  test("a duplicate key is reported with its place, and the last one counts", () => {
    const reading = readJsonText('{"ui": {"a": [0, {"b": 1, "b": 2}], "a": 3}, "x": 1, "x": 2}', DEPTH);
    expect(reading).toMatchObject({ ok: true, duplicateKeys: ["ui.a[1].b", "ui.a", "x"] });
    expect(reading.ok && asPlain(reading.value)).toEqual({ ui: { a: 3 }, x: 2 });
  });

  test("a million duplicates are counted to a hundred", () => {
    const reading = readJsonText(`{${'"a":1,'.repeat(150_000)}"a":1}`, DEPTH);
    expect(reading.ok && reading.duplicateKeys.length).toBe(100);
  });

  test("keys that mean something to JavaScript are plain keys", () => {
    const reading = readJsonText('{"__proto__": {"polluted": true}, "constructor": 1, "toString": 2}', DEPTH);
    expect(reading.ok && reading.value instanceof Map && [...reading.value.keys()]).toEqual([
      "__proto__",
      "constructor",
      "toString",
    ]);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});
