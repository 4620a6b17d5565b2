import { absoluteHtml } from "@/lib/catalog/documents/absolute-html";
import type { PublicReport } from "@/lib/catalog/documents/known-version";
import { referencePlatform } from "@/lib/catalog/documents/version-document";
import { renderedText } from "@/lib/catalog/rendered-text";
import { LABELS } from "@/lib/extension/labels/label-names";
import { withoutHidden } from "@/lib/extension/text/hidden-characters";
import { mediaPath } from "@/lib/safe-html/stored-pictures";

const TEXTS = [LABELS.detailedDescription, LABELS.changelog];

/**
 * The reference platform's labels, made safe for clients that render them: texts become safe HTML, hidden characters
 * are removed, and images are served by this instance or left out, never loaded from a publisher's URL.
 */
export function hubLabels(report: PublicReport, origin: string): Record<string, string> {
  const { [LABELS.icon]: _icon, ...labels } = referencePlatform(report)?.labels ?? {};
  const icon = iconOf(report);
  return {
    ...Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, withoutHidden(value)])),
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
