import { textWidthPx } from "@/lib/catalog/badges/text-width";
import { xmlText } from "@/lib/catalog/encoding/xml-text";

export type BadgeTone = "good" | "caution" | "bad" | "neutral";

/** `label` is the left half, `words` the right. */
export type Badge = { label: string; words: string; tone: BadgeTone };

const HEIGHT_PX = 20;
const PADDING_PX = 7;
const CHARACTERS_MAX = 60;

/** Dark enough for white text (WCAG AA). The words carry the same meaning as the color. */
const FILLS: Record<BadgeTone, string> = {
  good: "#1a7f37",
  caution: "#9a6700",
  bad: "#b42318",
  neutral: "#57606a",
};

/** Renders a one-line SVG badge for READMEs. It loads nothing, runs nothing, and exposes its text to screen readers. */
export function badgeSvg({ label, words, tone }: Badge): string {
  const [left, right] = [shortened(label), shortened(words)];
  const leftPx = textWidthPx(left) + 2 * PADDING_PX;
  const widthPx = leftPx + textWidthPx(right) + 2 * PADDING_PX;
  const spoken = xmlText(`${left}: ${right}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${HEIGHT_PX}" viewBox="0 0 ${widthPx} ${HEIGHT_PX}" role="img" aria-label="${spoken}">`,
    `<title>${spoken}</title>`,
    `<clipPath id="r"><rect width="${widthPx}" height="${HEIGHT_PX}" rx="4"/></clipPath>`,
    `<g clip-path="url(#r)"><rect width="${leftPx}" height="${HEIGHT_PX}" fill="#32383f"/>`,
    `<rect x="${leftPx}" width="${widthPx - leftPx}" height="${HEIGHT_PX}" fill="${FILLS[tone]}"/></g>`,
    `<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11" aria-hidden="true">`,
    textAt(left, PADDING_PX),
    textAt(right, leftPx + PADDING_PX),
    "</g></svg>\n",
  ].join("");
}

/** `textLength` keeps the text inside its box with any font. */
function textAt(text: string, x: number): string {
  return `<text x="${x}" y="14" textLength="${textWidthPx(text)}" lengthAdjust="spacingAndGlyphs">${xmlText(text)}</text>`;
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length > CHARACTERS_MAX ? `${characters.slice(0, CHARACTERS_MAX - 1).join("")}…` : text;
}
