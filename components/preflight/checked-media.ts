import type { CheckedMediaDocument } from "@/lib/catalog/documents/checked-media-document";

export type CheckedMediaLine = { name: string; outcome: CheckedMediaDocument["outcome"]; said: string };

/** One line for each picture and link. Titles are strangers' texts. */
export function checkedMediaLines(media: readonly CheckedMediaDocument[]): CheckedMediaLine[] {
  let screenshots = 0;
  return media.map(({ use, title, outcome, why }) => {
    if (use === "screenshot") screenshots += 1;
    return { name: nameOf(use, title, screenshots), outcome, said: saidOf(use, outcome, why) };
  });
}

function nameOf(use: CheckedMediaDocument["use"], title: string, screenshot: number): string {
  switch (use) {
    case "icon":
      return "Icon";
    case "screenshot":
      return title === "" ? `Screenshot ${screenshot}` : `Screenshot ${screenshot}, “${title}”`;
    case "link":
      return `Link “${title}”`;
  }
}

function saidOf(
  use: CheckedMediaDocument["use"],
  outcome: CheckedMediaDocument["outcome"],
  why: string | null,
): string {
  const because = why === null ? "" : `: ${why}`;
  switch (outcome) {
    case "fine":
      return use === "link" ? "answers" : "can be shown";
    case "dead":
      return `dead${because}`;
    case "unusable":
      return `can’t be shown${because}`;
    case "not_checked":
      return `not checked${because}`;
  }
}
