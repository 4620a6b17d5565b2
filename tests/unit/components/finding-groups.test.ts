import { expect, test } from "vitest";
import { byCode, findingSummary, groupFindings } from "@/components/report/finding-groups";
import { suggestionParts } from "@/components/report/suggestion";
import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import { FINDINGS, findingRule, isFindingCode } from "@/lib/extension/findings/finding-codes";

const error = makeFinding("title_missing", { label: "title", state: "missing" });
const warning = makeFinding("icon_label_missing", { label: "icon", state: "missing" });
const info = makeFinding("platform_foreign", { platforms: "linux/s390x" });
const unchecked: Finding = { ...error, outcome: "not_checked" };

test("findings are grouped by who has to act, blocking ones first", () => {
  expect(groupFindings([info, unchecked, warning, error]).map(({ kind }) => kind)).toEqual([
    "needs_you",
    "our_problem",
    "could_be_better",
    "good_to_know",
  ]);
});

test("checks that could not run are never among the publisher's problems", () => {
  expect(groupFindings([unchecked])).toEqual([{ kind: "our_problem", findings: [unchecked] }]);
});

test.each([
  [[], undefined],
  [[error, error, warning], "2 to fix, 1 warning"],
  [[info, info, unchecked], "1 not checked, 2 notes"],
])("the summary of %# counts each group", (findings, summary) => {
  expect(findingSummary(findings)).toBe(summary);
});

test.each([
  ['Add it: LABEL a="b"', { text: "Add it:", command: 'LABEL a="b"' }],
  [
    "Build for both: docker buildx build --push …",
    { text: "Build for both:", command: "docker buildx build --push …" },
  ],
  [
    "Check the file with a JSON validator, for example: jq . metadata.json",
    {
      text: "Check the file with a JSON validator, for example:",
      command: "jq . metadata.json",
    },
  ],
  ["Write a JSON array: '[]'", { text: "Write a JSON array: '[]'", command: undefined }],
  ["Use an https:// URL.", { text: "Use an https:// URL.", command: undefined }],
  ["Note: docker is needed.", { text: "Note: docker is needed.", command: undefined }],
])("%s falls into its sentence and its line", (suggestion, parts) => {
  expect(suggestionParts(suggestion)).toEqual(parts);
});

test("splitting a suggestion loses no text", () => {
  for (const code of Object.keys(FINDINGS).filter(isFindingCode)) {
    const suggestion = findingRule(code).suggestion({});
    const { text, command } = suggestionParts(suggestion);
    expect(command === undefined ? text : `${text} ${command}`).toBe(suggestion);
  }
});

test("findings of one code are together, in the order of the first of each", () => {
  const other = makeFinding("title_missing", { label: "title", state: "empty" });
  expect(byCode([error, warning, other, info])).toEqual([[error, other], [warning], [info]]);
});
