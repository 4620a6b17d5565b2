import { foldText } from "@/lib/catalog/search/fold-text";
import { wordsOf } from "@/lib/catalog/search/words";

/** A parsed search. Every word must occur; `asBeginning` words can also match as a prefix. */
export type SearchQuery = { words: readonly { text: string; asBeginning: boolean }[] };

/** From this code point on (CJK), a single character is as specific as a word. */
const FIRST_CJK_CODE = 0x2e80;

/** Undefined for white space alone: no search. A query without letters or digits matches nothing. */
export function parseSearch(query: string): SearchQuery | undefined {
  if (foldText(query) === "") return undefined;
  const found = wordsOf(query);
  const last = found.at(-1);
  const words = [...new Set(found)].map((text) => ({
    text,
    // A single letter is the prefix of too many words, unless the person is still typing.
    asBeginning: text === last || text.length > 1 || text.charCodeAt(0) >= FIRST_CJK_CODE,
  }));
  return { words };
}
