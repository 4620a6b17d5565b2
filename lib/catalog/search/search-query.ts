import { foldText } from "@/lib/catalog/search/fold-text";
import { wordsOf } from "@/lib/catalog/search/words";

/** A search as typed. Every word must occur; `asBeginning` words can also begin a longer word. */
export type SearchQuery = { words: readonly { text: string; asBeginning: boolean }[] };

/** From here on a single character of a text says as much as a word. */
const FIRST_CJK_CODE = 0x2e80;

/** Undefined for white space alone, which asks for nothing. A query without letters or digits finds nothing. */
export function parseSearch(query: string): SearchQuery | undefined {
  if (foldText(query) === "") return undefined;
  const found = wordsOf(query);
  const last = found.at(-1);
  const words = [...new Set(found)].map((text) => ({
    text,
    // One letter begins too many words to mean any of them, unless the person is still typing.
    asBeginning: text === last || text.length > 1 || text.charCodeAt(0) >= FIRST_CJK_CODE,
  }));
  return { words };
}
