import { type JsonValue, readJsonText } from "@/lib/extension/json/json-text";
import { visible } from "@/lib/extension/text/quoted";

/** A scalar value and its path (`ui.dashboard-tab.title`); null if it is in one text only. */
export type KeyChange = { path: string; before: string | null; after: string | null };

const MAX_DEPTH = 64;
const MAX_CHANGES = 100;
const MAX_CHARACTERS = 200;

/**
 * The values that differ, at most 100: first in the order of the later text, then those that it removed. Undefined
 * when one of the texts is not JSON.
 */
export function jsonDifference(before: string, after: string): KeyChange[] | undefined {
  const [old, now] = [valuesIn(before), valuesIn(after)];
  if (old === undefined || now === undefined) return undefined;
  const paths = new Set([...now.keys(), ...old.keys()]);
  return [...paths]
    .filter((path) => old.get(path) !== now.get(path))
    .slice(0, MAX_CHANGES)
    .map((path) => ({
      path: visible(path, MAX_CHARACTERS),
      before: shown(old.get(path)),
      after: shown(now.get(path)),
    }));
}

function shown(value: string | undefined): string | null {
  return value === undefined ? null : visible(value, MAX_CHARACTERS);
}

function valuesIn(text: string): Map<string, string> | undefined {
  const reading = readJsonText(text, MAX_DEPTH);
  if (!reading.ok) return undefined;
  const values = new Map<string, string>();
  collect(reading.value, "", values);
  return values;
}

/** An empty object or list counts as a value, because its presence can matter. */
function collect(value: JsonValue, path: string, into: Map<string, string>): void {
  if (Array.isArray(value) && value.length > 0) {
    for (const [index, item] of value.entries()) collect(item, `${path}[${index}]`, into);
  } else if (value instanceof Map && value.size > 0) {
    for (const [key, item] of value) collect(item, path === "" ? key : `${path}.${key}`, into);
  } else {
    into.set(path, Array.isArray(value) ? "[]" : value instanceof Map ? "{}" : JSON.stringify(value));
  }
}
