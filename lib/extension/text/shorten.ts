/** Most characters that belong to the one before them; a hostile text can have more. */
const MAX_JOINED = 32;

/** Marks, joiners, variation selectors and skin tones, and the second halves of surrogate pairs. */
const JOINED = /^(?:[\p{M}\u200c\p{Emoji_Modifier}\p{Variation_Selector}\udc00-\udfff]|\u200d)/u;

/**
 * The beginning of a text, at most `maxCharacters` UTF-16 units. Never ends within a character as readers see it: a
 * surrogate pair, a letter with its marks, or an emoji of several pictures.
 */
export function beginning(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  let end = maxCharacters;
  while (end > 0 && maxCharacters - end < MAX_JOINED && isWithin(text, end)) end -= 1;
  return text.slice(0, end);
}

/** The end of a text, at most `maxCharacters` UTF-16 units, by the same rule. */
export function ending(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const first = text.length - maxCharacters;
  let start = first;
  while (start < text.length && start - first < MAX_JOINED && isWithin(text, start)) start += 1;
  return text.slice(start);
}

function isWithin(text: string, at: number): boolean {
  return JOINED.test(text.slice(at, at + 2)) || text[at - 1] === "\u200d";
}
