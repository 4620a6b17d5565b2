import { expect, test } from "vitest";
import { releaseFindings } from "@/lib/extension/desktop/release-findings";
import { findingRule } from "@/lib/extension/findings/finding-codes";
import { shadowingVersion } from "@/lib/extension/reference/shadowing-version";
import {
  findingsAboutCandidate,
  findingsAboutTag,
  tagListFacts,
} from "@/lib/extension/reference/tag-list-facts";
import { RELEASES } from "@/tests/builders/desktop-releases";

test.each([
  [["2.6.5", "1.0.1", "1.0.0"], "2.6.5"],
  [["0.1.0", "v2024.1.0"], "v2024.1.0"],
  [["0.1.0", "3.0.0"], "3.0.0"],
  [["0.9.0", "1.0.0"], undefined],
  [["1.9.3", "2.0.1"], undefined],
  [["1.0.0", "1.25.7"], undefined],
  [["2.5.0", "2.6.5", "1.0.1"], undefined],
  [["1.0.0", "v1.0.0"], undefined],
  [["5.0.0-rc.1", "1.0.0"], undefined],
  [["latest", "1.0.0", "sha-abc"], undefined],
  [["2.6.5"], undefined],
  [[], undefined],
])("of %j, what hides the others is %s", (tags, blocking) => {
  expect(shadowingVersion(tags)?.tag).toBe(blocking);
});

test.each([
  [["2.6.5", "1.0.1"], "blocking_high_version"],
  [["16.2.0", "1.0.1"], "blocking_high_version"],
  [["2024.5.1", "1.4.2"], "version_scheme_changed"],
  [["v2024.5.1", "1.4.2"], "version_scheme_changed"],
  [["24.5.1", "1.4.2"], "version_scheme_changed"],
  [["20240501.0.0", "1.4.2"], "version_scheme_changed"],
  [["4021.0.0", "1.4.2"], "version_scheme_changed"],
])("%j: %s, on the highest tag and no other", (tags, code) => {
  const [tag = "", next = ""] = tags;
  const facts = tagListFacts(tags);
  expect(findingsAboutTag(tag, facts)).toMatchObject([{ code, evidence: { tag, next } }]);
  expect(findingsAboutTag(next, facts)).toEqual([]);
  expect(findingsAboutCandidate(next, facts)).toMatchObject([{ code }]);
});

test("a calendar version is a question to a person, without a word about deleting it", () => {
  const [finding] = findingsAboutTag("2024.5.1", tagListFacts(["2024.5.1", "1.4.2"]));
  expect(finding?.suggestion).toContain("?");
  expect(`${finding?.message} ${finding?.suggestion}`).not.toMatch(/delete/i);
  expect(finding && findingRule(finding.code).needsPerson).toBe(true);
});

test.each([
  [[">= 1.4.7"], "minimum", ["requirement_never_matches"]],
  [[">= 0.3.4"], "minimum", []],
  [["1.0.1"], "exact", ["requirement_never_matches"]],
  [[">= 0.3.4", ">= 99"], "minimum", ["requirement_never_matches"]],
  [["$" + "{VERSION}"], "minimum", []],
  [[null], "minimum", []],
] as const)("%j read as %s", (raw, reading, codes) => {
  const found = releaseFindings(
    raw.map((text) => ({ raw: text })),
    RELEASES,
    reading,
  );
  expect(found.map(({ code }) => code)).toEqual(codes);
});
