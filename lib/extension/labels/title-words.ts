/** Letters and digits of any script delimit words, and so do underscores, which `\b` would not see. */
const WORD = String.raw`(?<![\p{L}\p{N}])extensions?(?![\p{L}\p{N}])`;
const SAYS_EXTENSION = new RegExp(WORD, "iu");

const DOCKER = String.raw`docker(?:\s+desktop)?`;
/** `Extension for Docker Desktop`, `Docker Extension for`, `Docker Desktop Extension`, `Extension`. */
const PHRASES = [
  new RegExp(String.raw`${WORD}\s+(?:for|of|in|on|to)\s+${DOCKER}(?![\p{L}\p{N}])`, "giu"),
  new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${DOCKER}\s+)?${WORD}(?:\s+(?:for|of)(?=\s))?`, "giu"),
];

/** What remains at the ends after a word is gone: punctuation, and articles or prepositions without a noun. */
const LEFT_AT_START = /^(?:[\s\p{Pd}_:;|,./&+]+|(?:an?|the|for|of|by)(?=\s|$))+/iu;
const LEFT_AT_END = /(?:[\s\p{Pd}_:;|,./&+]+|\s(?:an?|the|for|of|by))+$/iu;

/** Words of names of repositories that only say that this is an extension. */
const FILLERS = new Set(["docker", "desktop", "dd", "ext", "extension", "extensions"]);

/** Whether a title contains the word “extension”. */
export function saysExtension(title: string): boolean {
  return SAYS_EXTENSION.test(title);
}

/**
 * A title for users: without the word “extension”, and `disk-lens` as `Disk Lens`. Null when nothing remains, as in
 * `docker-extension`.
 */
export function plainTitle(title: string): string | null {
  const text = /\s/.test(title) ? ofPhrase(title) : ofSlug(title.slice(title.lastIndexOf("/") + 1));
  return text === "" || saysExtension(text) ? null : text;
}

function ofSlug(slug: string): string {
  const words = slug.split(/[\p{Pd}_.]+/u).filter((word) => word !== "");
  const kept = saysExtension(slug) ? words.filter((word) => !FILLERS.has(word.toLowerCase())) : words;
  return kept.map(capitalized).join(" ");
}

function ofPhrase(title: string): string {
  const without = PHRASES.reduce((text, phrase) => text.replaceAll(phrase, " "), title);
  return without
    .replaceAll(/\(\s*\)|\[\s*\]/g, " ")
    .replaceAll(/([\p{L}\p{N}])\p{Pd}\s+/gu, "$1 ")
    .replaceAll(/\s+/g, " ")
    .replace(LEFT_AT_START, "")
    .replace(LEFT_AT_END, "")
    .trim();
}

function capitalized(word: string): string {
  const [first = "", ...rest] = word;
  return first.toUpperCase() + rest.join("");
}
