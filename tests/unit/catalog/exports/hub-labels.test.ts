import { expect, test } from "vitest";
import { hubLabels } from "@/lib/catalog/exports/hub-labels";
import { LABELS } from "@/lib/extension/labels/label-names";
import { inspectionReport, type ReportChanges } from "@/tests/builders/inspection-report";
import { ORIGIN } from "@/tests/unit/catalog/exports/shelf";

const SCRIPT = '<script>steal()</script><p onclick="steal()">Fine<img src="https://evil.example/x.png"></p>';

function labelsOf(labels: Record<string, string>, changes: ReportChanges = {}) {
  const report = inspectionReport("labels", changes);
  const platforms = report.platforms.map((platform) => ({ ...platform, labels }));
  return hubLabels({ ...report, platforms }, ORIGIN);
}

test("texts that clients show are safe HTML, and other labels stay as they are", () => {
  const labels = labelsOf({
    [LABELS.detailedDescription]: SCRIPT,
    [LABELS.changelog]: SCRIPT,
    [LABELS.title]: "<b>Lens</b>",
  });
  expect(labels[LABELS.title]).toBe("<b>Lens</b>");
  for (const name of [LABELS.detailedDescription, LABELS.changelog]) {
    expect(labels[name]).toContain("Fine");
    expect(labels[name]).not.toMatch(/script|onclick|<img/);
  }
});

test("pictures are those that this instance has copied, in the label's own shape", () => {
  const labels = labelsOf({
    [LABELS.icon]: "https://evil.example/icon.svg",
    [LABELS.screenshots]: '[{"alt":"x","url":"https://evil.example/shot.png"}]',
  });
  const screenshots: unknown = JSON.parse(labels[LABELS.screenshots] ?? "");
  const ours = expect.stringMatching(/^https:\/\/gantry\.example\/api\/v1\/media\/[0-9a-f]{64}$/);
  expect(screenshots).toEqual([{ alt: "The main view", url: ours }]);
  expect(labels[LABELS.icon]).toEqual(ours);
  expect(JSON.stringify(labels)).not.toContain("evil");
});

test("without a copy there is no picture", () => {
  const media = { icon: null, screenshots: [], links: [] };
  const labels = labelsOf({ [LABELS.icon]: "https://evil.example/icon.svg" }, { icon: null, media });
  expect(labels).toEqual({ [LABELS.screenshots]: "[]" });
});
