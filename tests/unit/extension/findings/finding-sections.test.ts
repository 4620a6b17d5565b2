import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FINDINGS, findingHelp } from "@/lib/extension/findings/finding-codes";
import { findingChapters } from "@/lib/extension/findings/finding-sections";
import { findingsDocument } from "@/scripts/findings-document";

test("docs/findings.md explains exactly the codes that exist; npm run docs writes it", () => {
  expect(readFileSync("docs/findings.md", "utf8")).toBe(findingsDocument());
});

test("every code has a reason, an example without gaps, and a way out", () => {
  const sections = findingChapters().flatMap((chapter) => chapter.sections);
  expect(sections.map(({ code }) => code).sort()).toEqual(Object.keys(FINDINGS).sort());
  for (const { code, why, example, fix } of sections) {
    expect(why, `finding-reasons.ts has none for ${code}`).toMatch(/^[A-Z].{15,}\.$/);
    expect(example, code).not.toMatch(/–|undefined|null/);
    expect(fix, code).not.toMatch(/–|undefined|null/);
    expect(findingHelp(code)).toBe(`/docs/findings#${code}`);
  }
});
