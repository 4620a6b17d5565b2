import { expect, test } from "vitest";
import { withoutFileTexts } from "@/lib/extension/report/without-file-texts";
import { digestOf, inspectionReport } from "@/tests/builders/inspection-report";

const layer = digestOf("layer");
const TEXT = "services: { web: { image: acme/web } }";
const report = inspectionReport("acme/disk-lens", {
  compose: {
    path: "/compose.yaml",
    layer,
    text: TEXT,
    files: [{ path: "/more.yaml", layer, text: TEXT }],
    proof: "full",
  },
});

test("no text of a file is left, and everything else is", () => {
  const slim = withoutFileTexts(report);
  expect(JSON.stringify(slim)).not.toContain("acme/web");
  expect(slim.metadata).toEqual({ ...report.metadata, text: "" });
  expect(slim.compose).toEqual({
    ...report.compose,
    text: "",
    files: [{ path: "/more.yaml", layer, text: "" }],
  });
  expect({ ...slim, metadata: null, compose: null }).toEqual({ ...report, metadata: null, compose: null });
});

test("a report without such files stays as it is", () => {
  const bare = inspectionReport("acme/disk-lens", { metadata: null });
  expect(withoutFileTexts(bare)).toEqual(bare);
});
