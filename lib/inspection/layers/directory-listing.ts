import { firstLineFrom, type LayerDirectory } from "@/lib/inspection/layers/layer-directory";

type Lines = Pick<LayerDirectory, "lines">;

/** The node columns that `packDirectory` writes. Paths are JSON, so a tab occurs between columns only. */
const SYMLINK = '\t{"kind":"symlink"';
const FILE = '\t{"kind":"file"';

/** The paths below a folder (`""` is the root) where the layer has symbolic links, in the order of the lines. */
export function symlinksBelow(directory: Lines, folder: string): Generator<string> {
  return pathsWith(linesBelow(directory, folder), SYMLINK);
}

/** The paths below a folder where the layer has files of this name. */
export function filesNamed(directory: Lines, folder: string, name: string): Generator<string> {
  return pathsWith(linesBelow(directory, folder), `${JSON.stringify(name).slice(1)}${FILE}`, name);
}

/** The names directly in a folder, including those that the layer only deletes. */
export function* namesIn({ lines }: Lines, folder: string): Generator<string> {
  const start = prefixOf(folder);
  let at = firstLineFrom(lines, start);
  while (at < lines.length && lines.startsWith(start, at)) {
    const path = pathAt(lines, at);
    const [name = "", ...deeper] = path.slice(folder === "" ? 0 : folder.length + 1).split("/");
    if (deeper.length === 0) yield name;
    // Skip what is deeper in the same folder: "0" is the character after "/".
    const next = deeper.length === 0 ? undefined : `${start}${JSON.stringify(name).slice(1, -1)}0`;
    at = next === undefined ? lines.indexOf("\n", at) + 1 || lines.length : firstLineFrom(lines, next);
  }
}

function* pathsWith(lines: string, pattern: string, name?: string): Generator<string> {
  for (let at = lines.indexOf(pattern); at !== -1; at = lines.indexOf(pattern, at + 1)) {
    const path = pathAt(lines, lines.lastIndexOf("\n", at) + 1);
    if (name === undefined || path === name || path.endsWith(`/${name}`)) yield path;
  }
}

function linesBelow({ lines }: Lines, folder: string): string {
  if (folder === "") return lines;
  const start = prefixOf(folder);
  return lines.slice(firstLineFrom(lines, start), firstLineFrom(lines, `${start.slice(0, -1)}0`));
}

/** How the lines of everything below a folder begin. */
function prefixOf(folder: string): string {
  return folder === "" ? '"' : JSON.stringify(`${folder}/`).slice(0, -1);
}

/** Only `packDirectory` writes the first column, from a path. */
function pathAt(lines: string, at: number): string {
  return JSON.parse(lines.slice(at, lines.indexOf("\t", at))) as string;
}
