/**
 * Decides how much of a text to parse: everything, only its HTML, or only its lines. The Markdown parser takes some
 * milliseconds per thousand characters, and far more when marks nest; the HTML parser is fast unless formatting
 * elements pile up. No text costs more than about 50 ms. Linear in the text's length.
 */
export function affordable(text: string): "markdown" | "html" | "text" {
  if (count(text, "<") > TAGS_MAX || openFormatting(text) > FORMATTING_MAX) return "text";
  const isLong = text.length > MARKDOWN_CHARACTERS || marks(text) > MARKS_MAX;
  return isLong || deepestLine(text) > NESTING_MAX ? "html" : "markdown";
}

const MARKDOWN_CHARACTERS = 16 * 1024;
/** Lines and characters with a meaning in Markdown; a rich documentation page has a few hundred. */
const MARKS_MAX = 600;
/** Nesting depth of quotations and lists. */
const NESTING_MAX = 12;
/** Real descriptions have a few hundred tags. */
const TAGS_MAX = 1_500;
/** Formatting elements open at the same time: the parser reopens each in every following paragraph. */
const FORMATTING_MAX = 12;

const MARKS = new Set("\n*_~`[]<&\\|@".split(""));

function marks(text: string): number {
  let found = 0;
  for (const character of text) if (MARKS.has(character)) found += 1;
  return found;
}

/** Counts the quotation and list markers at the start of a line, plus the depth that its indentation can represent. */
function deepestLine(text: string): number {
  let deepest = 0;
  for (const line of text.split("\n")) {
    const start = /^[\s>*+\-\d.)]*/.exec(line)?.[0] ?? "";
    const markers = count(start, ">") + (start.match(/[*+-](?=\s|$)|\d[.)](?=\s|$)/g)?.length ?? 0);
    const indentation = /^\s*/.exec(line)?.[0].length ?? 0;
    deepest = Math.max(deepest, markers + (markers === 0 ? 0 : Math.floor(indentation / 2)));
  }
  return deepest;
}

const FORMATTING = /<(\/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])/gi;

function openFormatting(text: string): number {
  let open = 0;
  let most = 0;
  for (const [, closing] of text.matchAll(FORMATTING)) {
    open = closing === "/" ? Math.max(0, open - 1) : open + 1;
    most = Math.max(most, open);
  }
  return most;
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
