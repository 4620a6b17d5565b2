import { describe, expect, test } from "vitest";
import { jsonDifference } from "@/lib/extension/difference/json-difference";
import { isSame, reportDifference } from "@/lib/extension/difference/report-difference";
import { textDifference } from "@/lib/extension/difference/text-difference";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { inspectionReport } from "@/tests/builders/inspection-report";

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`);

describe("texts, line by line", () => {
  test("what is far from a change is skipped, and counted", () => {
    const lines = numbered(20);
    const after = lines.with(9, "another");
    expect(textDifference(lines.join("\n"), after.join("\n"))).toEqual({
      kind: "changed",
      added: 1,
      removed: 1,
      hidden: 0,
      lines: [
        { kind: "skipped", lines: 6 },
        ...["line 7", "line 8", "line 9"].map((text) => ({ kind: "same", text })),
        { kind: "removed", text: "line 10" },
        { kind: "added", text: "another" },
        ...["line 11", "line 12", "line 13"].map((text) => ({ kind: "same", text })),
        { kind: "skipped", lines: 7 },
      ],
    });
  });

  test("a single line is shown rather than skipped", () => {
    const lines = numbered(5);
    const { lines: shown } = changed(textDifference(lines.join("\n"), [...lines, "more"].join("\n")));
    expect(shown[0]).toEqual({ kind: "skipped", lines: 2 });
    expect(changed(textDifference("1\n2\n3\n4", "1\n2\n3\n4\n5")).lines).toHaveLength(5);
  });

  test.each([
    ["the same", "a\nb", "a\nb", "same"],
    ["the same but for the endings of lines", "a\r\nb\r\n", "a\nb", "changed"],
    ["nothing in common", numbered(700).join("\n"), numbered(700).join(" and\n"), "rewritten"],
  ])("%s", (_name, before, after, kind) => {
    expect(textDifference(before, after).kind).toBe(kind);
  });

  test("endings of lines alone change no line", () => {
    expect(textDifference("a\r\nb\r\n", "a\nb")).toMatchObject({ added: 0, removed: 0 });
  });

  test("more changes than there is room for are counted, and long lines cut", () => {
    const found = changed(textDifference("", numbered(500).join("\n")));
    expect([found.lines.length, found.added, found.hidden]).toEqual([400, 500, 100]);
    const [line] = changed(textDifference("", "x".repeat(5000))).lines;
    expect(line).toEqual({ kind: "added", text: `${"x".repeat(400)}…` });
  });

  function changed(found: ReturnType<typeof textDifference>) {
    if (found.kind !== "changed") throw new Error(`it is ${found.kind}`);
    return found;
  }
});

describe("values of a JSON document", () => {
  test.each([
    ["nothing", '{"a":1}', '{ "a": 1 }', []],
    ["a value", '{"a":{"b":"x"}}', '{"a":{"b":"y"}}', [{ path: "a.b", before: '"x"', after: '"y"' }]],
    [
      "a key",
      "{}",
      '{"a":[{"b":1}]}',
      [
        { path: "a[0].b", before: null, after: "1" },
        { path: "", before: "{}", after: null },
      ],
    ],
    ["an empty list", '{"a":[]}', '{"a":{}}', [{ path: "a", before: "[]", after: "{}" }]],
    [
      "a name of the language",
      '{"__proto__":1}',
      '{"__proto__":2}',
      [{ path: "__proto__", before: "1", after: "2" }],
    ],
  ])("%s", (_name, before, after, expected) => {
    expect(jsonDifference(before, after)).toEqual(expected);
  });

  test("a text that is no JSON has no values", () => {
    expect(jsonDifference("{", "{}")).toBeUndefined();
  });

  test("what cannot be seen is spelled out, and no more than a hundred are told", () => {
    expect(jsonDifference("{}", '{"a":"\u202e"}')).toContainEqual({
      path: "a",
      before: null,
      after: '"‹U+202E›"',
    });
    const many = Object.fromEntries(numbered(300).map((name) => [name, 1]));
    expect(jsonDifference("{}", JSON.stringify(many))).toHaveLength(100);
  });
});

describe("two reports", () => {
  const before = inspectionReport("the version before");
  const [platform] = before.platforms;
  if (platform === undefined) throw new Error("the builder makes no platform");

  test("the same report has no difference", () => {
    expect(isSame(reportDifference(before, before))).toBe(true);
  });

  test.each<[string, Partial<InspectionReport>, object]>([
    [
      "the requirement",
      { requirements: [{ platform: "linux/amd64", raw: ">= 9" }] },
      { requirement: { after: ">= 9" } },
    ],
    [
      "a platform",
      { platforms: [platform, { ...platform, architecture: "riscv64" }] },
      { platforms: { added: ["linux/riscv64"] } },
    ],
    [
      "a label",
      { platforms: [{ ...platform, labels: { ...platform.labels, more: "x" } }] },
      { labels: [{ name: "more", before: null, after: "x" }] },
    ],
    [
      "a label that platforms disagree about",
      {
        platforms: [
          { ...platform, labels: { ...platform.labels, more: "x" } },
          { ...platform, variant: "v3", labels: { ...platform.labels, more: "y" } },
        ],
      },
      { labels: [{ name: "more", before: null, after: "x\ny" }], platforms: { added: ["linux/amd64/v3"] } },
    ],
    [
      "metadata.json",
      { metadata: null },
      { metadata: { path: "metadata.json", change: "removed", text: { kind: "changed" } } },
    ],
    [
      "a compose file",
      {
        compose: {
          path: "/compose.yaml",
          layer: platform.digest,
          text: "services: {}\n",
          files: [{ path: "/more.yaml", layer: platform.digest, text: "x: 1" }],
          proof: "full",
        },
      },
      {
        compose: [
          { path: "/compose.yaml", change: "added", text: { kind: "changed", added: 1 } },
          { path: "/more.yaml", change: "added" },
        ],
      },
    ],
  ])("%s", (_name, changes, expected) => {
    const found = reportDifference(
      { ...before, platforms: [platform] },
      { ...before, platforms: [platform], ...changes },
    );
    expect(found).toMatchObject(expected);
    expect(isSame(found)).toBe(false);
  });
});
