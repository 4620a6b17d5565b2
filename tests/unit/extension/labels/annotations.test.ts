import { describe, expect, test } from "vitest";
import { describing, explainedByAnnotations } from "@/lib/extension/labels/annotations";
import { LABELS } from "@/lib/extension/labels/label-names";
import { readLabels } from "@/lib/extension/labels/labels";
import { EXTENSION_LABELS } from "@/tests/builders/extension-image";

const SDK: readonly string[] = [LABELS.title, LABELS.vendor, LABELS.apiVersion];

function findingsOf(labels: Record<string, string>, annotations: Record<string, string>) {
  return explainedByAnnotations(readLabels(labels).findings, {
    labels,
    annotations: describing(annotations),
  });
}

function only(wanted: (name: string) => boolean): Record<string, string> {
  return Object.fromEntries(Object.entries(EXTENSION_LABELS).filter(([name]) => wanted(name)));
}

describe("values that are only annotations are one finding", () => {
  test("all of them", () => {
    const findings = findingsOf({}, EXTENSION_LABELS);
    expect(findings).toMatchObject([
      {
        code: "labels_are_annotations",
        severity: "error",
        evidence: { label: LABELS.icon, count: 11 },
      },
    ]);
    expect(findings[0]?.message).toContain("11 labels are only annotations");
    expect(findings[0]?.suggestion).toContain(`LABEL ${LABELS.icon}="https://media.acme.example/`);
  });

  test("some of them, and none that is required: less severe", () => {
    const findings = findingsOf(
      only((name) => SDK.includes(name)),
      EXTENSION_LABELS,
    );
    expect(findings.map(({ code }) => code)).toEqual(["descriptive_labels_are_annotations"]);
  });

  test("labels that are missing in both places keep their findings", () => {
    const { [LABELS.icon]: _icon, ...others } = EXTENSION_LABELS;
    expect(findingsOf({}, others).map(({ code }) => code)).toEqual([
      "labels_are_annotations",
      "icon_label_missing",
    ]);
  });

  test("an empty or blank label counts as missing", () => {
    const labels = { ...EXTENSION_LABELS, [LABELS.title]: "", [LABELS.description]: "\u200b" };
    expect(findingsOf(labels, EXTENSION_LABELS)).toMatchObject([
      { code: "labels_are_annotations", evidence: { count: 2 } },
    ]);
  });

  test("a blank annotation explains nothing", () => {
    const { [LABELS.title]: _title, ...others } = EXTENSION_LABELS;
    const codes = findingsOf(others, { [LABELS.title]: " \u3164 " }).map(({ code }) => code);
    expect(codes).toEqual(["title_missing"]);
  });

  test("optional labels alone are a hint", () => {
    const { [LABELS.additionalUrls]: _links, ...others } = EXTENSION_LABELS;
    expect(findingsOf(others, EXTENSION_LABELS)).toMatchObject([
      { code: "optional_labels_are_annotations", severity: "info", evidence: { count: 1 } },
    ]);
  });

  test.each([
    ["the same values in both places", EXTENSION_LABELS, EXTENSION_LABELS],
    [
      "source and license as annotations, as docker/metadata-action writes them",
      EXTENSION_LABELS,
      { [LABELS.source]: "https://github.com/acme/disk-lens", [LABELS.licenses]: "MIT" },
    ],
    ["other annotations", EXTENSION_LABELS, { "com.acme.note": "x", __proto__: "y" }],
  ])("%s are no finding", (_, labels, annotations) => {
    expect(findingsOf(labels, annotations)).toEqual([]);
  });

  test("a value cannot break out of the Dockerfile line", () => {
    const findings = findingsOf(
      { ...EXTENSION_LABELS, [LABELS.title]: "" },
      { [LABELS.title]: 'a" $HOME \\' },
    );
    expect(findings[0]?.suggestion).toContain(String.raw`LABEL ${LABELS.title}="a\" \$HOME \\"`);
  });
});
