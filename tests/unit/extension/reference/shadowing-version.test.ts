import { expect, test } from "vitest";
import { releaseFindings } from "@/lib/extension/desktop/release-findings";
import { blockingFindingsOf, shadowingVersion } from "@/lib/extension/reference/shadowing-version";
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

test("it is told about the tag that blocks, and no other", () => {
  const blocking = shadowingVersion(["2.6.5", "1.0.1"]);
  expect(blockingFindingsOf("2.6.5", blocking)).toMatchObject([
    { code: "blocking_high_version", severity: "warning", evidence: { tag: "2.6.5", next: "1.0.1" } },
  ]);
  expect(blockingFindingsOf("1.0.1", blocking)).toEqual([]);
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
