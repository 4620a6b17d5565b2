import type { JsonValue } from "@/lib/extension/json/json-text";
import { type ImagePathReading, readImagePath, readPagePath } from "@/lib/extension/metadata/image-path";
import type { Metadata } from "@/lib/extension/metadata/metadata-document";
import {
  type MetadataReader,
  placeOf,
  readSection,
  readSocket,
  readText,
  reportOtherFields,
  type Section,
  usablePath,
} from "@/lib/extension/metadata/metadata-section";

/** `ui.dashboard-tab`, the only user interface of an extension. Null when absent or incomplete. */
export function readUi(reader: MetadataReader, root: Section): Metadata["ui"] {
  const ui = readSection(reader, root, "ui");
  if (ui === undefined) return null;
  reportOtherFields(reader, ui, ["dashboard-tab"]);
  const tab = readSection(reader, ui, "dashboard-tab");
  if (tab === undefined) {
    if (!ui.fields.has("dashboard-tab")) incomplete(reader, ui, "dashboard-tab");
    return null;
  }
  reportOtherFields(reader, tab, ["title", "root", "src", "backend"]);
  const backendSocket = readBackend(reader, tab);
  const title = readText(reader, tab, "title");
  const folder = readPath(reader, tab, "root", readImagePath);
  const page = readPath(reader, tab, "src", readPagePath);
  if (title === undefined) incomplete(reader, tab, "title");
  if (folder === undefined) incomplete(reader, tab, "root");
  if (page === undefined) incomplete(reader, tab, "src");
  if (title === undefined || folder === undefined || page === undefined) return null;
  return { title, root: folder, src: page, backendSocket };
}

function readPath(
  reader: MetadataReader,
  tab: Section,
  key: string,
  read: (text: string) => ImagePathReading,
): string | undefined {
  const text = readText(reader, tab, key);
  return text === undefined ? undefined : usablePath(reader, placeOf(tab, key), text, read(text));
}

function readBackend(reader: MetadataReader, tab: Section): string | null {
  const backend = readSection(reader, tab, "backend");
  if (backend === undefined) return null;
  reportOtherFields(reader, backend, ["socket"]);
  return readSocket(reader, backend, "socket") ?? null;
}

function incomplete(reader: MetadataReader, section: Section, key: string): void {
  reader.findings.add("metadata_ui_incomplete", {
    at: placeOf(section, key),
    state: stateOf(section.fields.get(key)),
  });
}

function stateOf(value: JsonValue | undefined): string {
  if (value === undefined) return "missing";
  return typeof value === "string" && value.trim() === "" ? "empty" : "not usable";
}
