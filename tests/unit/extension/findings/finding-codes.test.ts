import { describe, expect, test } from "vitest";
import { makeFinding } from "@/lib/extension/findings/finding";
import {
  FINDINGS,
  type FindingCode,
  findingRule,
  isFindingCode,
} from "@/lib/extension/findings/finding-codes";
import { createFindingList, MAX_FINDINGS_PER_CODE } from "@/lib/extension/findings/finding-list";
import type { Evidence } from "@/lib/extension/findings/finding-rule";

const CODES = Object.keys(FINDINGS).filter(isFindingCode);

/** Every evidence key that a rule may put into its words. */
const EVIDENCE: Evidence = Object.fromEntries(
  [
    "api",
    "at",
    "compose",
    "compression",
    "config",
    "count",
    "desktop",
    "enough",
    "expected",
    "fineWidth",
    "found",
    "frames",
    "header",
    "host",
    "image",
    "index",
    "instead",
    "is",
    "label",
    "labels",
    "layer",
    "limit",
    "limitBytes",
    "line",
    "column",
    "meant",
    "mediaType",
    "os",
    "otherPlatform",
    "otherTag",
    "parameter",
    "path",
    "paths",
    "platform",
    "platforms",
    "release",
    "stable",
    "position",
    "repository",
    "root",
    "scheme",
    "since",
    "sizeBytes",
    "state",
    "tag",
    "target",
    "title",
    "type",
    "ui",
    "value",
    "what",
    "width",
    "vm",
    "why",
    "kind",
    "name",
    "next",
    "place",
    "scripts",
    "vendor",
    "what",
  ].map((key) => [key, `<${key}>`]),
);

describe("every code of the table", () => {
  test.each(CODES)("%s has words, a next step and a severity under both presets", (code) => {
    const rule = findingRule(code);
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(rule.title).toMatch(/^[A-Za-z].{3,60}[^.]$/);
    const finding = makeFinding(code, EVIDENCE);
    expect(finding.message).toMatch(/^[^–]{20,}\.$/);
    expect(finding.suggestion).toMatch(/^[^–]{8,}$/);
    expect(finding.severity).toBe(rule.severity.sdk);
    const order = ["info", "warning", "error"];
    expect(order.indexOf(rule.severity.docker)).toBeGreaterThanOrEqual(order.indexOf(rule.severity.sdk));
  });

  test("its words hold also without evidence", () => {
    for (const code of CODES) expect(makeFinding(code).message).toMatch(/\.$/);
  });

  test("what could not be checked is never an error", () => {
    const notChecked = CODES.filter((code) => findingRule(code).outcome === "not_checked");
    expect(notChecked.length).toBeGreaterThan(3);
    for (const code of notChecked) expect(Object.values(findingRule(code).severity)).not.toContain("error");
  });
});

describe("the presets", () => {
  const errorsUnder = (preset: "sdk" | "docker") =>
    CODES.filter((code) => findingRule(code).severity[preset] === "error").sort();

  test("sdk has errors only for what the first rule of the SDK says must be there, and for what can't or must not be installed", () => {
    expect(errorsUnder("sdk")).toEqual([
      "backend_image_variable",
      "backend_own_image_changed",
      "compose_build_without_image",
      "compose_file_missing",
      "compose_service_without_image",
      "compose_services_missing",
      "host_files_missing",
      "image_blocked",
      "label_not_text",
      "labels_are_annotations",
      "metadata_encoding",
      "metadata_invalid",
      "metadata_link_unresolved",
      "metadata_missing",
      "metadata_not_a_file",
      "metadata_not_an_object",
      "metadata_path_escapes",
      "metadata_too_deep",
      "metadata_too_large",
      "metadata_ui_incomplete",
      "not_an_extension",
      "not_an_image",
      "platform_unusable",
      "requirement_missing",
      "requirement_unreadable",
      "tag_not_semver",
      "title_missing",
      "ui_page_missing",
      "vendor_missing",
    ]);
  });

  test("docker adds the other labels, both platforms, and what its validator refuses in metadata.json", () => {
    const sdk = new Set<FindingCode>(errorsUnder("sdk"));
    expect(errorsUnder("docker").filter((code) => !sdk.has(code))).toEqual([
      "additional_url_invalid",
      "additional_urls_unreadable",
      "categories_missing",
      "changelog_missing",
      "compose_cycle",
      "compose_invalid",
      "description_missing",
      "descriptive_labels_are_annotations",
      "detailed_description_missing",
      "icon_label_missing",
      "metadata_obsolete_key",
      "metadata_unknown_key",
      "metadata_vm_ambiguous",
      "metadata_vm_incomplete",
      "platform_missing",
      "publisher_url_missing",
      "screenshots_missing",
    ]);
  });
});

describe("a finding", () => {
  test("repeats foreign text shortened and without hidden characters, in words and evidence alike", () => {
    const finding = makeFinding("metadata_unknown_key", { at: `a\u202eb\u0000${"x".repeat(5000)}` });
    expect(finding.message).toContain("“a‹U+202E›b‹U+0000›");
    expect(finding.evidence.at).toMatch(/^a‹U\+202E›b‹U\+0000›x{296}…$/);
    expect(finding.message.length).toBeLessThan(300);
  });

  test("may carry words of its own in place of the rule's", () => {
    expect(makeFinding("version_collision", {}, "Both are there.").message).toBe("Both are there.");
  });
});

describe("a list of findings", () => {
  test("keeps their order and says how many of a kind it left out", () => {
    const list = createFindingList();
    list.add("metadata_bom");
    for (let at = 0; at < MAX_FINDINGS_PER_CODE + 7; at += 1)
      list.add("metadata_unknown_key", { at: `k${at}` });
    list.add("metadata_no_section");
    const findings = list.toArray();
    expect(findings).toHaveLength(MAX_FINDINGS_PER_CODE + 2);
    expect(findings.map(({ evidence }) => evidence.more).filter((more) => more !== undefined)).toEqual([7]);
    expect(findings[MAX_FINDINGS_PER_CODE]?.message).toMatch(/“k19”.*7 more like this were found\.$/);
    expect(findings.at(-1)?.code).toBe("metadata_no_section");
  });
});
