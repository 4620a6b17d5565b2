/** Letters that Unicode does not take apart although people type them as these. */
const SPELLED: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ı: "i",
};
const SPELLED_LETTERS = /[ßæœøłđı]/g;
const PLAIN = /^[ -~]*$/;

/** Makes texts that people take for the same equal: letter case, width and accents do not count. */
export function foldText(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase().trim();
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(SPELLED_LETTERS, (letter) => SPELLED[letter] ?? letter)
    .trim();
}
