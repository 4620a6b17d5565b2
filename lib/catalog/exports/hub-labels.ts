import type { PublicReport } from "@/lib/catalog/known-version";
import { LABELS } from "@/lib/extension/label-names";

/**
 * The labels of the reference platform, as found. Only pictures are told otherwise: clients that show them load them from
 * this instance, or not at all, never from an address that a publisher chose.
 */
export function hubLabels(report: PublicReport, origin: string): Record<string, string> {
  const found = report.platforms.find(({ os, architecture }) => os === "linux" && architecture === "amd64");
  const { [LABELS.icon]: _icon, ...labels } = (found ?? report.platforms[0])?.labels ?? {};
  const { icon } = report;
  return {
    ...labels,
    [LABELS.screenshots]: "[]",
    ...(icon === null ? {} : { [LABELS.icon]: `${origin}/api/v1/media/${icon.sha256}` }),
  };
}
