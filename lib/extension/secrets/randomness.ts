/** Entropy in bits per character above which a text counts as random. */
const MIN_BITS = 3;

/** Whether a text looks random: letters and digits mixed, with little repetition. */
export function looksRandom(text: string): boolean {
  return /[A-Za-z]/.test(text) && /\d/.test(text) && bitsPerCharacter(text) >= MIN_BITS;
}

/** Shannon entropy of the characters. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
