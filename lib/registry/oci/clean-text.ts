import { UNPRINTABLE } from "@/lib/extension/text/hidden-characters";
import { REGISTRY_LIMITS } from "@/lib/registry/oci/limits";

/** What can follow the escape character: a control sequence (colors, cursor) or an operating system command. */
const AFTER_ESCAPE = /^(?:\[[0-?]*[ -/]*[@-~]|\][^\p{Cc}]*)/u;

/** Includes the private use area, which terminals can display as anything. */
const UNPRINTABLE_RUN = new RegExp(`[${UNPRINTABLE}\\p{Co}]+`, "gu");

const SECRETS: [pattern: RegExp, replacement: string][] = [
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, "$1 [redacted]"],
  [/\beyJ[\w-]{8,}(?:\.[\w-]*)*/g, "[redacted]"],
  [
    /\b(password|passwd|secret|token|api[-_]?key|signature)(["']?\s*[=:]\s*["']?)[^\s"',&]+/gi,
    "$1$2[redacted]",
  ],
];

/**
 * Cleans text from a registry for a message or log line: one line, no control characters, nothing that looks like a
 * secret, at most 300 characters. It is still untrusted: escape it when rendering.
 */
export function cleanText(text: string): string {
  const line = withoutEscapes(text).replace(UNPRINTABLE_RUN, " ").replace(/\s+/g, " ").trim();
  const redacted = SECRETS.reduce(
    (result, [pattern, replacement]) => result.replace(pattern, replacement),
    line,
  );
  const max = REGISTRY_LIMITS.errorTextCharacters;
  return redacted.length <= max ? redacted : `${redacted.slice(0, max - 1).trimEnd()}…`;
}

function withoutEscapes(text: string): string {
  const [first = "", ...rest] = text.split("\u001b");
  return [first, ...rest.map((part) => part.replace(AFTER_ESCAPE, ""))].join(" ");
}
