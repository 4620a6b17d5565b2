import { otherSpellingOf } from "@/lib/extension/json/json-keys";
import type { JsonReading, JsonValue } from "@/lib/extension/json/json-text";
import { quoted } from "@/lib/extension/text/quoted";

/** The keys that Gantry reads, by their parent. */
const READ_KEYS = {
  root: ["architecture", "config", "created", "history", "os", "rootfs", "variant"],
  config: ["Env", "Labels"],
  rootfs: ["diff_ids", "type"],
  history: ["created_by"],
} as const;

/**
 * Why parsers of this config can disagree, as parts of sentences, at most one per kind. Docker and containerd use
 * Go's `encoding/json`, which ignores the case of keys and merges duplicate objects.
 */
export function configAnomalies({ value, duplicateKeys }: Extract<JsonReading, { ok: true }>): string[] {
  const root = value instanceof Map ? value : new Map<string, JsonValue>();
  const history = root.get("history");
  const spelled = [
    ...otherSpellings(root, "", READ_KEYS.root),
    ...otherSpellings(root.get("config"), "config.", READ_KEYS.config),
    ...otherSpellings(root.get("rootfs"), "rootfs.", READ_KEYS.rootfs),
    ...(Array.isArray(history) ? history : []).flatMap((step, at) =>
      otherSpellings(step, `history[${at}].`, READ_KEYS.history),
    ),
  ];
  return [
    ...toldOnce(duplicateKeys, (at) => `${quoted(at)} occurs more than once, and Gantry uses the last one`),
    ...toldOnce(
      spelled,
      (at) => `${quoted(at)} differs from another key only in case, which some parsers ignore`,
    ),
  ];
}

function otherSpellings(fields: JsonValue | undefined, place: string, known: readonly string[]): string[] {
  if (!(fields instanceof Map)) return [];
  return [...fields.keys()]
    .filter((key) => otherSpellingOf(key, known) !== undefined)
    .map((key) => place + key);
}

function toldOnce(places: readonly string[], say: (first: string) => string): string[] {
  const [first, ...others] = places;
  if (first === undefined) return [];
  return [others.length === 0 ? say(first) : `${say(first)} (and ${others.length} more such keys)`];
}
