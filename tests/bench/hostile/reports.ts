import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { digestOf, inspectionReport } from "@/tests/builders/inspection-report";

/** Two reports whose texts cost the most to compare: long, and with nearly as many edits as are looked for. */
export function hostileReports(): [InspectionReport, InspectionReport] {
  return [reportOf(0), reportOf(1)];
}

function reportOf(turn: number): InspectionReport {
  const lines = (seed: number) =>
    Array.from({ length: 9_900 }, (_, at) =>
      at % 17 === 0 ? `${at} ${turn} ${seed}` : `${at} ${seed}`,
    ).join("\n");
  const report = inspectionReport(`hostile ${turn}`);
  const words = Array.from({ length: 6_000 }, (_, at) => (at % 31 === 0 ? `${at}x${turn}` : `w${at}`)).join(
    " ",
  );
  return {
    ...report,
    platforms: report.platforms.map((platform) => ({
      ...platform,
      labels: {
        ...platform.labels,
        ...Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, words + name])),
      },
    })),
    compose: {
      path: "/c.yaml",
      layer: digestOf("layer"),
      text: lines(0),
      files: Array.from({ length: 15 }, (_, at) => ({
        path: `/${at}.yaml`,
        layer: digestOf("layer"),
        text: lines(at + 1),
      })),
      proof: "full",
    },
  };
}
