/** An escaped backslash, U+0000, or half of a surrogate pair, as `JSON.stringify` writes them. */
const ESCAPES = /\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g;

/**
 * Makes a report, or part of one, storable in PostgreSQL's `jsonb`: replaces U+0000 and unpaired surrogates, which
 * untrusted labels and file names can contain, by U+FFFD. The result has the input's type, because a report is JSON
 * and only characters inside its texts change.
 */
export function storable<Part extends object>(part: Part): Part {
  const text = JSON.stringify(part).replace(ESCAPES, (found) => (found === "\\\\" ? found : "\\ufffd"));
  return JSON.parse(text);
}
