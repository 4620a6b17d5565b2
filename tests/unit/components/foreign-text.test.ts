import { createElement as element } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ChangedFile } from "@/components/admin/difference/changed-file";
import { ChangedLabels } from "@/components/admin/difference/changed-labels";
import { LabelTable } from "@/components/admin/review/label-table";
import { ForeignText } from "@/components/text/foreign-text";
import { jsonDifference } from "@/lib/extension/difference/json-difference";
import { textDifference } from "@/lib/extension/difference/text-difference";
import { wordDifference } from "@/lib/extension/difference/word-difference";
import { inspectionReport } from "@/tests/builders/inspection-report";

const HIDING = "good\u202elive.evil";
const html = renderToStaticMarkup;

test("untrusted text is isolated from its surroundings, and its invisible characters are shown", () => {
  expect(html(element(ForeignText, { text: HIDING }))).toMatch(
    /^<bdi>good<mark [^>]*>‹U\+202E›<\/mark>live\.evil<\/bdi>$/,
  );
});

test("reviewers never see a character that reorders or hides text", () => {
  const report = inspectionReport("hiding");
  const platforms = report.platforms.map((platform) => ({
    ...platform,
    labels: { [`name${HIDING}`]: HIDING, long: `${HIDING} `.repeat(40) },
  }));
  const text = textDifference("services:\n  a:\n    image: a\n", `services:\n  a:\n    image: ${HIDING}\n`);
  const keys = jsonDifference("{}", JSON.stringify({ [HIDING]: HIDING }));
  const pages = [
    element(LabelTable, { platforms }),
    element(ChangedLabels, {
      labels: [
        {
          name: HIDING,
          before: "before one two",
          after: `before ${HIDING} two`,
          words: wordDifference("before one two", `before ${HIDING} two`),
        },
        { name: "new", before: null, after: HIDING, words: [] },
      ],
    }),
    element(ChangedFile, { file: { path: HIDING, change: "changed", keys, text } }),
  ].map((page) => html(page));
  for (const page of pages) {
    expect(page).toContain("‹U+202E›");
    expect(page).not.toContain("\u202e");
  }
});
