import { foldKey } from "@/lib/extension/json/json-keys";
import type { JsonReading, JsonValue } from "@/lib/extension/json/json-text";
import { quoted } from "@/lib/extension/text/quoted";

/** The keys of manifests, indexes and descriptors that decide what an image contains (OCI image-spec). */
const DECIDING_KEYS = [
  ...["schemaVersion", "mediaType", "artifactType", "manifests", "config", "layers", "fsLayers", "subject"],
  ...["digest", "size", "urls", "data", "annotations", "platform", "os", "architecture", "variant"],
];
const FOLDED = new Map(DECIDING_KEYS.map((key) => [foldKey(key), key]));

/**
 * Why parsers can find different images in this manifest (parser differential), as part of a sentence; undefined if
 * they cannot. Gantry takes the last of duplicate keys and is case-sensitive. Go's `encoding/json`, which container
 * engines use, ignores case and also takes the last: `layers` could be followed by a different `Layers`.
 */
export function ambiguityOf({
  value,
  duplicateKeys,
}: Extract<JsonReading, { ok: true }>): string | undefined {
  const [repeated] = duplicateKeys;
  if (repeated !== undefined) return `${quoted(repeated)} occurs more than once in it`;
  const misspelled = misspelledKey(value);
  return (
    misspelled &&
    `it has the key ${quoted(misspelled)}, which some readers treat as “${FOLDED.get(foldKey(misspelled))}”`
  );
}

/** A key that differs from a deciding one only in case. Annotations can have any keys. */
function misspelledKey(value: JsonValue): string | undefined {
  if (Array.isArray(value)) return first(value, misspelledKey);
  if (!(value instanceof Map)) return undefined;
  return first([...value], ([key, item]) => {
    if (isMisspelled(key)) return key;
    return key === "annotations" ? undefined : misspelledKey(item);
  });
}

function isMisspelled(key: string): boolean {
  const meant = FOLDED.get(foldKey(key));
  return meant !== undefined && meant !== key;
}

function first<Item>(items: readonly Item[], find: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
