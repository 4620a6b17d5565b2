import type { JsonReading } from "@/lib/extension/json-text";
import { quoted } from "@/lib/extension/quoted";

/** The keys that are read here, by where they stand. */
const READ_KEYS = new Map([
  ["", ["architecture", "config", "created", "history", "os", "variant"]],
  ["config.", ["Env", "Labels"]],
]);

/**
 * Why readers of this config may disagree, as parts of sentences, at most one per kind. `encoding/json` of Go, which
 * Docker and containerd read with, takes a key in any case and lays objects of one key over each other.
 */
export function configOddities({ value, duplicateKeys }: Extract<JsonReading, { ok: true }>): string[] {
  const root = value instanceof Map ? value : new Map<string, unknown>();
  const container = root.get("config");
  const spelled = [
    ...otherSpellings(root, ""),
    ...otherSpellings(container instanceof Map ? container : new Map(), "config."),
  ];
  return [
    ...toldOnce(duplicateKeys, (at) => `${quoted(at)} stands more than once, and the last one counts here`),
    ...toldOnce(spelled, (at) => `${quoted(at)} is the same as a key in other letters to some readers`),
  ];
}

function otherSpellings(fields: ReadonlyMap<string, unknown>, place: string): string[] {
  const known = READ_KEYS.get(place) ?? [];
  const folded = new Set(known.map(fold));
  return [...fields.keys()]
    .filter((key) => !known.includes(key) && folded.has(fold(key)))
    .map((key) => place + key);
}

/** `ſ` and the Kelvin sign count as `s` and `k` there too. */
function fold(key: string): string {
  return key.normalize("NFKC").toLowerCase();
}

function toldOnce(places: readonly string[], say: (first: string) => string): string[] {
  const [first, ...others] = places;
  if (first === undefined) return [];
  return [others.length === 0 ? say(first) : `${say(first)} (and ${others.length} more such keys)`];
}
