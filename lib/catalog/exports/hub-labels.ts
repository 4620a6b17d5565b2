import { absoluteHtml } from "@/lib/catalog/documents/absolute-html";
import type { PublicReport } from "@/lib/catalog/documents/known-version";
import { referencePlatform } from "@/lib/catalog/documents/version-document";
import { renderedText } from "@/lib/catalog/rendered-text";
import { LABELS } from "@/lib/extension/labels/label-names";
import { mediaPath } from "@/lib/safe-html/stored-pictures";

const TEXTS = [LABELS.detailedDescription, LABELS.changelog];

/**
 * The labels of the reference platform as found, except for what has hurt clients that show it: texts are safe HTML, and
 * pictures are loaded from this instance or not at all, never from an address that a publisher chose.
 */
export function hubLabels(report: PublicReport, origin: string): Record<string, string> {
  const { [LABELS.icon]: _icon, ...labels } = referencePlatform(report)?.labels ?? {};
  const icon = iconOf(report);
  return {
    ...labels,
    ...Object.fromEntries(
      TEXTS.flatMap((name) => {
        const text = labels[name];
        return text === undefined ? [] : [[name, htmlOf(text, report, origin)]];
      }),
    ),
    [LABELS.screenshots]: JSON.stringify(screenshotsOf(report, origin)),
    ...(icon === undefined ? {} : { [LABELS.icon]: `${origin}${mediaPath(icon)}` }),
  };
}

function htmlOf(text: string, { media }: PublicReport, origin: string): string {
  return absoluteHtml(renderedText({ source: text, media }) ?? "", origin);
}

function iconOf({ media, icon }: PublicReport): string | undefined {
  return media.icon?.outcome === "stored" ? media.icon.picture.sha256 : icon?.sha256;
}

function screenshotsOf({ media }: PublicReport, origin: string): { alt: string; url: string }[] {
  return media.screenshots.flatMap((shot) =>
    shot.outcome === "stored" ? [{ alt: shot.alt, url: `${origin}${mediaPath(shot.picture.sha256)}` }] : [],
  );
}
