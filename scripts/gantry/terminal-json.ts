import { UNPRINTABLE } from "@/lib/extension/text/hidden-characters";

const HIDDEN = new RegExp(String.raw`(?!\n)[${UNPRINTABLE}]`, "gu");

/** A value as JSON for people and programs: characters that a terminal would obey are escaped, as JSON allows. */
export function terminalJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(HIDDEN, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}
