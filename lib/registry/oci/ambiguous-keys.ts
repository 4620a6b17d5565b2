import { foldKey } from "@/lib/extension/json/json-keys";
import type { JsonReading, JsonValue } from "@/lib/extension/json/json-text";
import { quoted } from "@/lib/extension/text/quoted";

/** The keys of manifests, indexes and descriptors that decide what an image is (OCI image-spec). */
const DECIDING_KEYS = [
  ...["schemaVersion", "mediaType", "artifactType", "manifests", "config", "layers", "fsLayers", "subject"],
  ...["digest", "size", "urls", "data", "annotations", "platform", "os", "architecture", "variant"],
];
const FOLDED = new Map(DECIDING_KEYS.map((key) => [foldKey(key), key]));

/**
 * Why readers of this manifest may find different images in it, as a part of a sentence; undefined when they can't.
 * Gantry takes the last of equal keys and tells small letters from capitals. Go's `encoding/json`, by which images
 * are pulled, takes a key in any case and the last of them all: behind `layers` could stand `Layers` with others.
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

/** A key that is one of the deciding ones but for its case. Annotations may be called what they like. */
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
