/**
 * HTML sanitizer (XSS protection): the only path from a publisher's Markdown or HTML to HTML that Gantry sends, for
 * descriptions and changelogs everywhere. Labels are untrusted: such fields have led to code execution in another
 * client before.
 */

import type { Root } from "hast";
import rehypeParse from "rehype-parse";
import rehypeSanitize from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import { unified } from "unified";
import type { Task } from "@/lib/platform/threads/task";
import { judgeAddresses, type Pictures } from "@/lib/safe-html/addresses";
import { affordable } from "@/lib/safe-html/affordable";
import { ALLOW_LIST } from "@/lib/safe-html/allow-list";
import { replaceForeignContent } from "@/lib/safe-html/foreign-content";
import { limitDepth } from "@/lib/safe-html/limit-depth";
import { endedElements, escapePlaceholders } from "@/lib/safe-html/placeholders";
import { plainText } from "@/lib/safe-html/plain-text";
import { readMarkdown } from "@/lib/safe-html/read-markdown";
import { visibleText } from "@/lib/safe-html/visible-text";

/**
 * Renders a text as sanitized HTML. Parses it as Markdown with embedded HTML, without guessing: plain HTML and plain
 * text are valid input too. A text too long or too complex for that is parsed as HTML, and one that would still take
 * too long is shown as typed.
 */
export function safeHtml(source: string, pictures?: Pictures): string {
  const text = source.replaceAll(/\r\n?/g, "\n").trim();
  const parsed = parse(text);
  return written(
    parsed === undefined ? plainText(text) : judgeAddresses(sanitizer.runSync(parsed), pictures),
  );
}

/** `safeHtml` as a task for a worker thread. */
export const RENDER_TEXT: Task<{ source: string; pictures?: Pictures | undefined }, string> = {
  module: "lib/safe-html/safe-html",
  name: "RENDER_TEXT",
  run: ({ source, pictures }) => safeHtml(source, pictures),
  weigh: ({ source }) => source.length * WEIGHT,
};

/** Cost of a Markdown character compared with one of JSON; texts of up to 1 KiB are rendered on the calling thread. */
const WEIGHT = 16;

/** Undefined if only the lines are used. */
function parse(text: string): Root | undefined {
  const reading = affordable(text);
  if (reading === "text") return undefined;
  try {
    return replaceForeignContent(limitDepth(reading === "markdown" ? readMarkdown(text) : readHtml(text)));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readHtml(text: string): Root {
  return html.parse(escapePlaceholders(text, endedElements(text)));
}

const html = unified().use(rehypeParse, { fragment: true }).freeze();
const sanitizer = unified().use(rehypeSanitize, ALLOW_LIST).freeze();
const writer = unified().use(rehypeStringify).freeze();

function written(tree: Root): string {
  return writer.stringify(visibleText(tree)).trim();
}
