import { HTML_ELEMENTS, PLACEHOLDER_ELEMENTS } from "@/lib/safe-html/html-elements";

/** The names of the elements that have an end tag somewhere in a text, in lower case. */
export type EndedElements = ReadonlySet<string>;

export function endedElements(text: string): EndedElements {
  return new Set(Array.from(text.matchAll(/<\/([A-Za-z][^\s/>]*)/g), ([, name = ""]) => name.toLowerCase()));
}

/**
 * Escapes what looks like a tag and is none, so that its words survive: placeholders such as `<image>` and
 * `<path to file>`, and a `<` whose tag never ends. One pass over the text.
 */
export function escapePlaceholders(html: string, ended: EndedElements): string {
  const pieces: string[] = [];
  let from = 0;
  let at = html.indexOf("<");
  while (at >= 0) {
    const end = endOfTag(html, at);
    // The HTML parser would drop the rest of the text.
    if (end === undefined)
      return [...pieces, html.slice(from, at), html.slice(at).replaceAll("<", "&lt;")].join("");
    const isEscaped = isPlaceholder(html.slice(at, end), ended);
    if (isEscaped) {
      pieces.push(html.slice(from, at), "&lt;");
      from = at + 1;
    }
    at = html.indexOf("<", isEscaped ? at + 1 : end);
  }
  return [...pieces, html.slice(from)].join("");
}

/**
 * Where the tag at `at` ends, or where the next one begins if that comes first; undefined if the text ends inside it.
 * Comments and declarations are skipped.
 */
function endOfTag(html: string, at: number): number | undefined {
  const next = html.charAt(at + 1);
  if (next === "!" || next === "?") return endOfMarkup(html, html.startsWith("<!--", at) ? "-->" : ">", at);
  if (!/[A-Za-z/]/.test(next)) return at + 1;
  let [quote, before] = ["", ""];
  for (let index = at + 1; index < html.length; index += 1) {
    const character = html.charAt(index);
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === ">") return index + 1;
    else if (character === "<") return index;
    else if (before === "=" && (character === '"' || character === "'")) quote = character;
    if (character.trim() !== "") before = character;
  }
  return undefined;
}

function endOfMarkup(html: string, end: string, at: number): number {
  const found = html.indexOf(end, at + 2);
  return found < 0 ? html.length : found + end.length;
}

const START_TAG = /^<([A-Za-z][^\s/>]*)([^>]*)/;

/** Whether a tag is a placeholder: without attributes and end tag, and of no element that means something like that. */
export function isPlaceholder(tag: string, ended: EndedElements): boolean {
  const [, name, attributes = ""] = START_TAG.exec(tag) ?? [];
  if (name === undefined || attributes.includes("=")) return false;
  const element = name.toLowerCase();
  if (ended.has(element)) return false;
  if (!HTML_ELEMENTS.has(element)) return true;
  return PLACEHOLDER_ELEMENTS.has(element) && /^[\s/]*$/.test(attributes);
}
