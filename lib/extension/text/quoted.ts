import { spelledOut, textRuns } from "@/lib/extension/text/hidden-characters";
import { beginning } from "@/lib/extension/text/shorten";

/** Maximum length of untrusted text repeated in a message, in characters. */
const MAX_QUOTED_CHARACTERS = 80;

/**
 * Quotes untrusted text for a message: in quotation marks, truncated, with invisible characters as `\u{…}`. The
 * result is still untrusted; the renderer must escape it for its medium.
 */
export function quoted(text: string): string {
  return `“${visible(text, MAX_QUOTED_CHARACTERS)}”`;
}

/** `text` on one line with invisible characters escaped, at most `maxCharacters` of the original. */
export function visible(text: string, maxCharacters: number): string {
  const shortened = text.length > maxCharacters ? `${beginning(text, maxCharacters)}…` : text;
  const runs = textRuns(shortened).map((run) => run.text);
  return runs.join("").replaceAll(/[\t\r\n]+/g, spelledOut);
}
