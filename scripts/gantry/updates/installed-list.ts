/** Parses a list of installed extensions: `docker extension ls` output as a table or as JSON, or a custom file. */

import { UsageError } from "@/scripts/gantry/command";

export type InstalledExtension = { repository: string; tag: string; digest?: string };

/** Throws `UsageError` for anything else. An empty list is valid. */
export function readInstalledList(text: string): InstalledExtension[] {
  const trimmed = text.trim();
  if (trimmed === "") return [];
  return /^[[{]/.test(trimmed) ? fromJson(trimmed) : fromTable(trimmed);
}

/** One array, one object keyed by name or containing a list, or one object per line. */
function fromJson(text: string): InstalledExtension[] {
  const values = parseValues(text);
  return values.flatMap(itemsOf).map((item) => {
    const repository = textIn(item, ["repository", "id", "name", "image"]);
    const tag = textIn(item, ["tag", "version"]);
    if (repository === undefined || tag === undefined) {
      throw new UsageError(
        `An item of the list lacks its repository or tag: ${JSON.stringify(item).slice(0, 200)}`,
      );
    }
    const digest = textIn(item, ["digest"]);
    return { repository, tag, ...(digest === undefined ? {} : { digest }) };
  });
}

function parseValues(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return text
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map(parseLine);
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new UsageError("The list starts like JSON but is not valid JSON.");
  }
}

function itemsOf(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(itemsOf);
  if (!isRecord(value)) throw new UsageError("The list contains an item that is not an extension.");
  if (Array.isArray(value.installed)) return itemsOf(value.installed);
  const inner = Object.entries(value);
  const isByName = inner.length > 0 && inner.every(([name, one]) => name.includes("/") && isRecord(one));
  return isByName ? inner.map(([id, one]) => ({ id, ...(isRecord(one) ? one : {}) })) : [value];
}

/** The first of these fields that contains text; names are case-insensitive. */
function textIn(item: Record<string, unknown>, names: readonly string[]): string | undefined {
  const fields = new Map(Object.entries(item).map(([name, value]) => [name.toLowerCase(), value]));
  for (const name of names) {
    const value = fields.get(name);
    if (typeof value === "string" && value !== "") return value;
  }
  return undefined;
}

/** Columns are aligned with their headings; cells can be empty. */
function fromTable(text: string): InstalledExtension[] {
  const [heading = "", ...lines] = text.split(/\r?\n/);
  const columns = [...heading.matchAll(/\S+/g)].map(({ 0: name, index }) => ({ name, index }));
  const [id, version] = ["ID", "VERSION"].map((name) => columns.findIndex((column) => column.name === name));
  if (id === -1 || version === -1 || id === undefined || version === undefined) {
    throw new UsageError("The list lacks the columns ID and VERSION of docker extension ls.");
  }
  const cell = (line: string, at: number) => line.slice(columns[at]?.index, columns[at + 1]?.index).trim();
  return lines
    .filter((line) => line.trim() !== "")
    .map((line) => ({ repository: cell(line, id), tag: cell(line, version) }));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
