import { withoutHidden } from "@/lib/extension/text/hidden-characters";

/** An unresolved build argument: `${VERSION}`. */
const BUILD_ARGUMENT = /\$\{[A-Za-z_][A-Za-z0-9_]{0,99}(?::[-+?][^}]{0,99})?\}/;

/** The text on one line: hidden characters removed, white space collapsed, trimmed. */
export function oneLine(text: string): string {
  return withoutHidden(text).replaceAll(/\s+/g, " ").trim();
}

/** The text with its line breaks, hidden characters removed, trimmed. */
export function manyLines(text: string): string {
  return withoutHidden(text).trim();
}

/** The first unresolved build argument in the text, or undefined. */
export function buildArgumentIn(text: string): string | undefined {
  return BUILD_ARGUMENT.exec(text)?.[0];
}
