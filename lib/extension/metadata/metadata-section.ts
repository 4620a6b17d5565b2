import type { FindingList } from "@/lib/extension/findings/finding-list";
import { otherSpellingOf } from "@/lib/extension/json/json-keys";
import type { JsonObject, JsonValue } from "@/lib/extension/json/json-text";
import { type ImagePathReading, readImageFilePath } from "@/lib/extension/metadata/image-path";
import { describeJson } from "@/lib/extension/metadata/metadata-text";
import { hasHiddenCharacters, isBlank } from "@/lib/extension/text/hidden-characters";
import { nearest } from "@/lib/extension/text/nearest";

/** State of reading metadata.json: its findings, and the places that were not understood. */
export type MetadataReader = { findings: FindingList; notUnderstood: Set<string> };

/** An object inside metadata.json with its place, such as `ui.dashboard-tab`. */
export type Section = { at: string; fields: JsonObject };

/** The object under `key`; undefined when absent, or, with a finding, when something else stands there. */
export function readSection(reader: MetadataReader, parent: Section, key: string): Section | undefined {
  const at = placeOf(parent, key);
  const value = parent.fields.get(key);
  if (value === undefined) return undefined;
  if (value instanceof Map) return { at, fields: value };
  notUnderstood(reader, at, value, "an object");
  return undefined;
}

/** The string under `key`, trimmed; undefined when absent or blank, or, with a finding, when it is not plain text. */
export function readText(reader: MetadataReader, parent: Section, key: string): string | undefined {
  const value = parent.fields.get(key);
  if (value === undefined) return undefined;
  if (typeof value !== "string" || !isOneLine(value)) {
    const found =
      typeof value === "string" ? "text with line breaks or invisible characters" : describeJson(value);
    reader.findings.add("metadata_wrong_shape", { at: placeOf(parent, key), found, expected: "text" });
    reader.notUnderstood.add(placeOf(parent, key));
    return undefined;
  }
  return isBlank(value) ? undefined : value.trim();
}

function isOneLine(text: string): boolean {
  return !hasHiddenCharacters(text) && !/[\t\r\n]/.test(text.trim());
}

/** The path of a file in the image under `key`; undefined when absent or, with a finding, when it is not usable. */
export function readFile(reader: MetadataReader, parent: Section, key: string): string | undefined {
  const text = readText(reader, parent, key);
  return text === undefined
    ? undefined
    : usablePath(reader, placeOf(parent, key), text, readImageFilePath(text));
}

/** The path, or undefined, with a finding and the place marked as not understood. */
export function usablePath(
  reader: MetadataReader,
  at: string,
  text: string,
  reading: ImagePathReading,
): string | undefined {
  if (reading.ok) return reading.path;
  reader.notUnderstood.add(at);
  switch (reading.problem) {
    case "escapes":
      reader.findings.add("metadata_path_escapes", { at, value: text });
      return undefined;
    case "not_local":
      reader.findings.add("metadata_path_not_local", { at, value: text });
      return undefined;
    case "invalid":
      reader.findings.add("metadata_path_invalid", { at, value: text });
      return undefined;
  }
}

/** The socket name under `key`: a plain file name. */
export function readSocket(reader: MetadataReader, parent: Section, key: string): string | undefined {
  const name = readText(reader, parent, key);
  if (name === undefined) return undefined;
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,106}$/.test(name)) return name;
  reader.findings.add("metadata_socket_invalid", { at: placeOf(parent, key), value: name });
  reader.notUnderstood.add(placeOf(parent, key));
  return undefined;
}

/** Reports every field of the section that is not in `known`, because its effect is unknown. */
export function reportOtherFields(reader: MetadataReader, section: Section, known: readonly string[]): void {
  for (const key of section.fields.keys()) {
    if (known.includes(key)) continue;
    reportOtherSpelling(reader, section, key, known);
    const near = nearest(key, known, 2);
    const meant = near === undefined ? null : placeOf(section, near);
    reader.findings.add("metadata_unknown_field", { at: placeOf(section, key), meant });
    reader.notUnderstood.add(placeOf(section, key));
  }
}

/** Reports a key that Go treats as one of `known` despite a different spelling. */
export function reportOtherSpelling(
  reader: MetadataReader,
  section: Section,
  key: string,
  known: readonly string[],
): void {
  const meant = otherSpellingOf(key, known);
  if (meant === undefined) return;
  reader.findings.add("metadata_ambiguous_key", {
    at: placeOf(section, key),
    meant: placeOf(section, meant),
  });
}

/** Reports an unexpected value at `at`, and marks the place. */
export function notUnderstood(reader: MetadataReader, at: string, value: JsonValue, expected: string): void {
  reader.findings.add("metadata_wrong_shape", { at, found: describeJson(value), expected });
  reader.notUnderstood.add(at);
}

/** The path of a field, as in findings. */
export function placeOf(parent: Section, key: string): string {
  return parent.at === "" ? key : `${parent.at}.${key}`;
}
