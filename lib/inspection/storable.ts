/** An escaped backslash, U+0000, or half of a surrogate pair, as `JSON.stringify` writes them. */
const ESCAPES = /\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g;

/**
 * A report, or a part of one, as plain JSON that PostgreSQL's `jsonb` can hold: U+0000 and unpaired surrogates, which labels and
 * file names of strangers may contain, become U+FFFD. The result has the type of the input because a report is JSON
 * already and only the characters inside its texts change.
 */
export function storable<Part extends object>(part: Part): Part {
  const text = JSON.stringify(part).replace(ESCAPES, (found) => (found === "\\\\" ? found : "\\ufffd"));
  return JSON.parse(text);
}
