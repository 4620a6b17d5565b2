import { describe, expect, test } from "vitest";
import { parseSemver } from "@/lib/extension/reference/semver";
import { classifyTag, parseTag } from "@/lib/extension/reference/tag";
import fc from "@/tests/builders/fast-check";

describe("a tag follows the grammar of the OCI distribution-spec", () => {
  test.each(["1.0.0", "v1.0.0", "_x", "A-b.C_d", "a".repeat(128)])("%s is a tag", (text) => {
    expect(parseTag(text)).toBe(text);
  });

  test.each(["", "a".repeat(129), ".1", "-1", "a b", "1.0.0+b", "../x", "sha256:ab", "é", "1.0.0\n", "a/b"])(
    "%j is none",
    (text) => {
      expect(parseTag(text)).toBeUndefined();
    },
  );
});

describe("a version tag is strict semver with at most one leading v", () => {
  test.each([
    ["1.2.3", "1.2.3", false],
    ["v1.2.3", "1.2.3", true],
    ["1.2.3-rc.1", "1.2.3-rc.1", false],
    ["v0.0.1-hackweek-preview", "0.0.1-hackweek-preview", true],
    ["2024.1.5", "2024.1.5", false],
    ["0.0.0-0", "0.0.0-0", false],
  ])("%s is the version %s", (text, version, prefixed) => {
    expect(classifyTag(text)).toMatchObject({
      kind: "version",
      tag: text,
      version: { text: version },
      prefixed,
    });
  });

  test.each([
    ["latest", "moving_name"],
    ["main", "moving_name"],
    ["EDGE", "moving_name"],
    ["nightly", "moving_name"],
    ["mac-1.2.0", "platform_prefix_tag"],
    ["windows-1.2.0", "platform_prefix_tag"],
    ["linux-v1.2.0", "platform_prefix_tag"],
    ["darwin_1.2.0", "platform_prefix_tag"],
    ["arm64-1.2.0", "platform_prefix_tag"],
    ["1", "partial_version"],
    ["v1", "partial_version"],
    ["1.2", "partial_version"],
    ["v1.2", "partial_version"],
    ["1.2-rc1", "partial_version"],
    ["1.2.x", "partial_version"],
    ["0.0.23.5", "four_part_version"],
    ["v1.2.3.4-rc", "four_part_version"],
    ["V1.2.3", "capital_v"],
    ["sha-abc", "digest_like"],
    ["sha-3f2a91c", "digest_like"],
    [`sha256-${"a".repeat(64)}.sig`, "attachment"],
    [`sha256-${"a".repeat(64)}.att`, "attachment"],
    [`sha256-${"a".repeat(64)}`, "attachment"],
    [`sha256-${"a".repeat(64)}.zip`, "digest_like"],
    [`sha256-${"a".repeat(40)}.sig`, "digest_like"],
    [`sha256:${"a".repeat(64)}`, "digest_like"],
    ["3".repeat(40), "digest_like"],
    ["20240101", "date"],
    ["2024-01-01", "date"],
    ["2024.01.01", "date"],
    ["1.2.3_build5", "build_metadata"],
    ["1.2.3+b", "build_metadata"],
    ["v1.2.3-rc.1_7", "build_metadata"],
    ["01.2.3", "malformed_version"],
    ["1.2.3-01", "malformed_version"],
    ["1.2.3-", "malformed_version"],
    ["1.2.3-a..b", "malformed_version"],
    ["release-1.2.3", "prefixed_version"],
    ["vv1.2.3", "prefixed_version"],
    ["v.1.2.3", "prefixed_version"],
    ["disk-lens-v1.2.3", "prefixed_version"],
    ["pr-17", "not_semver"],
    ["1.2.3rc1", "not_semver"],
    ["", "invalid_tag"],
    ["a b", "invalid_tag"],
    ["../x", "invalid_tag"],
    [" 1.2.3", "invalid_tag"],
    [`1.2.3-${"a".repeat(123)}`, "invalid_tag"],
  ])("%j is skipped as %s, with a sentence for its publisher", (text, reason) => {
    const skipped = classifyTag(text);
    expect(skipped).toMatchObject({ kind: "skipped", tag: text, reason });
    expect(skipped.kind === "skipped" && skipped.message).toMatch(/^The tag “.*” was skipped: .{20,}\.$/);
  });

  test("a hostile tag is repeated in the message without characters that hide or reorder text", () => {
    const skipped = classifyTag("1.0.0\u202e\u0007\u200b");
    expect(skipped.kind === "skipped" && skipped.message).toContain("“1.0.0‹U+202E›‹U+0007›‹U+200B›”");
  });

  test("any text is either a version whose spelling is kept, or skipped with a short message", () => {
    const text = fc.oneof(
      fc.string({ maxLength: 300, unit: "binary" }),
      fc.stringMatching(/^[vV]?[0-9.x_+-]{0,20}$/),
      fc.stringMatching(/^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/),
    );
    fc.assert(
      fc.property(text, (tag) => {
        const classified = classifyTag(tag);
        if (classified.kind === "skipped") {
          expect(parseSemver(tag.replace(/^v/, "")) !== undefined && parseTag(tag) !== undefined).toBe(false);
          expect(classified.message.length).toBeLessThan(1200);
          return;
        }
        expect(tag).toBe(`${classified.prefixed ? "v" : ""}${classified.version.text}`);
      }),
      { numRuns: 800 },
    );
  });

  test("long runs of one character are classified, whatever the character", () => {
    for (const unit of ["1", ".", "-", "a", "1.", "0.0.", "a-", "v", "_", " "]) {
      expect(classifyTag(unit.repeat(100_000 / unit.length)).kind).toBe("skipped");
      expect(["version", "skipped"]).toContain(classifyTag(unit.repeat(128).slice(0, 128)).kind);
    }
  });
});
