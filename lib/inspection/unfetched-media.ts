import type { Finding } from "@/lib/extension/finding";
import { makeFinding } from "@/lib/extension/finding-codes";
import { LABELS } from "@/lib/extension/label-names";
import type { ExtensionLabels } from "@/lib/extension/labels";

const WHY = "pictures on other servers are not fetched by this version of Gantry";

/** One finding for each host whose pictures a label names: they are there or not, nobody has looked. */
export function unfetchedMediaFindings(labels: ExtensionLabels): Finding[] {
  const icon = labels.icon === null ? [] : [labels.icon];
  return [
    ...findings(LABELS.icon, icon),
    ...findings(
      LABELS.screenshots,
      labels.screenshots.map((screenshot) => screenshot.url),
    ),
  ];
}

function findings(label: string, urls: readonly string[]): Finding[] {
  const hosts = new Set(urls.filter((url) => URL.canParse(url)).map((url) => new URL(url).host));
  return [...hosts].map((host) => makeFinding("media_not_checked", { label, host, why: WHY }));
}
