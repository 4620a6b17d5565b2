import { describe, expect, test } from "vitest";
import { versionLabelFindings } from "@/lib/extension/report/version-label";

function found(label: string, tag: string): string[] {
  const platforms = [{ labels: { "org.opencontainers.image.version": label } }];
  return versionLabelFindings(platforms, tag).map(({ code }) => code);
}

describe("a version label that contradicts the tag is a finding", () => {
  test.each([
    ["0.3.1", "2026.5.1"],
    ["24.04", "1.0.0"],
    ["1.2.3", "1.2.4"],
    ["v1.2.3", "1.2.4"],
    ["1.2.3-rc.1", "1.2.3"],
    ["1.2.3", "1.2.3-rc.1"],
    ["2", "1.2.3"],
    ["1.3", "1.2.3"],
    ["1.2.4.0", "1.2.3"],
    ["^2.0.0", "1.2.3"],
    ["0.0.0", "1.2.3"],
  ])("%s and %s", (label, tag) => {
    expect(found(label, tag)).toEqual(["version_label_contradicts_tag"]);
  });

  test.each([
    ["1.2.3", "1.2.3"],
    ["v1.2.3", "1.2.3"],
    ["1.2.3", "v1.2.3"],
    [" 1.2.3\n", "1.2.3"],
    ["1.2.3+build.7", "1.2.3"],
    ["1.2.3-rc.1", "v1.2.3-rc.1"],
    ["1.2", "1.2.3"],
    ["1", "1.2.3"],
    ["2026.05.01", "2026.5.1"],
    ["1.2.3.4", "1.2.3"],
    ["v1.2.3-4-gabcdef0", "1.2.3"],
    [">= 1.2", "1.2.3"],
    ["1.x", "1.2.3"],
    ["main", "1.2.3"],
    ["master", "1.2.3"],
    ["latest", "1.2.3"],
    ["edge", "1.2.3"],
    ["pr-12", "1.2.3"],
    ["sha-0123456", "1.2.3"],
    ["0123456", "1.2.3"],
    ["0123456789abcdef0123456789abcdef01234567", "1.2.3"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a build argument that the build did not replace
    ["${VERSION}", "1.2.3"],
    ["", "1.2.3"],
    ["0.3.1", "latest"],
    ["0.3.1", "1.2.3.4"],
    ["1".repeat(100_000), "1.2.3"],
  ])("%s and %s agree, or name nothing to compare", (label, tag) => {
    expect(found(label, tag)).toEqual([]);
  });

  test("one finding for all platforms", () => {
    const labels = { "org.opencontainers.image.version": "24.04" };
    expect(versionLabelFindings([{ labels: {} }, { labels }, { labels }], "1.0.0")).toHaveLength(1);
  });
});
