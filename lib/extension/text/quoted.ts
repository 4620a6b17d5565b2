import { spelledOut, textRuns } from "@/lib/extension/text/hidden-characters";

/** Longest piece of foreign text that is repeated inside a message, in characters. */
const MAX_QUOTED_CHARACTERS = 80;

/**
 * Foreign text made safe to repeat in a message: in quotation marks, shortened, with characters that cannot be
 * seen written as `\u{…}`. It is still untrusted text: whoever renders it escapes it for the medium.
 */
export function quoted(text: string): string {
  return `“${visible(text, MAX_QUOTED_CHARACTERS)}”`;
}

/** `text` on one line with invisible characters spelled out, at most `maxCharacters` of the original. */
export function visible(text: string, maxCharacters: number): string {
  const shortened = text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text;
  const runs = textRuns(shortened).map((run) => run.text);
  return runs.join("").replaceAll(/[\t\r\n]+/g, spelledOut);
}
