import { readImagePath, readPagePath } from "@/lib/extension/image-path";
import type { Metadata } from "@/lib/extension/metadata";
import {
  type MetadataReader,
  placeOf,
  readSection,
  readSocket,
  readText,
  reportOtherFields,
  type Section,
  usablePath,
} from "@/lib/extension/metadata-section";

/** `ui.dashboard-tab`, the only place where an extension can show itself. Null when absent or not showable. */
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
  const title = readText(reader, tab, "title");
  const folder = readText(reader, tab, "root");
  const page = readText(reader, tab, "src");
  const backendSocket = readBackend(reader, tab);
  for (const key of ["title", "root", "src"]) if (isBlank(tab, key)) incomplete(reader, tab, key);
  const folderPath = folder && usablePath(reader, placeOf(tab, "root"), folder, readImagePath(folder));
  const pagePath = page && usablePath(reader, placeOf(tab, "src"), page, readPagePath(page));
  if (title === undefined || !folderPath || !pagePath) return null;
  return { title, root: folderPath, src: pagePath, backendSocket };
}

function readBackend(reader: MetadataReader, tab: Section): string | null {
  const backend = readSection(reader, tab, "backend");
  if (backend === undefined) return null;
  reportOtherFields(reader, backend, ["socket"]);
  return readSocket(reader, backend, "socket") ?? null;
}

function isBlank(section: Section, key: string): boolean {
  const value = section.fields.get(key);
  return value === undefined || (typeof value === "string" && value.trim() === "");
}

function incomplete(reader: MetadataReader, section: Section, key: string): void {
  const state = section.fields.has(key) ? "empty" : "missing";
  reader.findings.add("metadata_ui_incomplete", { at: placeOf(section, key), state });
}
