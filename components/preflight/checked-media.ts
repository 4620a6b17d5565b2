import type { CheckedMediaDocument } from "@/lib/catalog/documents/checked-media-document";

export type CheckedMediaLine = { name: string; outcome: CheckedMediaDocument["outcome"]; result: string };

/** One line for each image and link. Titles are untrusted text. */
export function checkedMediaLines(media: readonly CheckedMediaDocument[]): CheckedMediaLine[] {
  let screenshots = 0;
  return media.map(({ use, title, outcome, why }) => {
    if (use === "screenshot") screenshots += 1;
    return { name: nameOf(use, title, screenshots), outcome, result: resultOf(outcome, why) };
  });
}

function nameOf(use: CheckedMediaDocument["use"], title: string, screenshot: number): string {
  switch (use) {
    case "icon":
      return "Icon";
    case "screenshot":
      return title === "" ? `Screenshot ${screenshot}` : `Screenshot ${screenshot}, “${title}”`;
    case "link":
      return `${title} link`;
  }
}

function resultOf(outcome: CheckedMediaDocument["outcome"], why: string | null): string {
  const because = why === null ? "" : `: ${why}`;
  switch (outcome) {
    case "fine":
      return "OK";
    case "dead":
      return `broken${because}`;
    case "unusable":
      return `can’t be displayed${because}`;
    case "not_checked":
      return `not checked${because}`;
  }
}
