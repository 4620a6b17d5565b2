import { foldersAbove } from "@/lib/archive/entry-path";
import { ODDITIES, type Oddity } from "@/lib/archive/oddity";
import type { Program } from "@/lib/inspection/layers/program";

/**
 * What a layer has at a path. `body` of a file is the ordinal of the archive entry with its content, `program` what its
 * first bytes say; absent if they are no program's.
 */
export type LayerNode =
  | { kind: "file"; sizeBytes: number; body: number; program?: Program }
  | { kind: "directory" }
  | { kind: "symlink"; target: string }
  /** A link to a file that this layer does not contain; `target` is a normalized path. */
  | { kind: "hardlink"; target: string }
  | { kind: "special" };

/**
 * Everything that a layer says about one path. `node`: what the layer has there (the last entry of a name wins).
 * `whiteout`: the path is deleted from the layers below (image-spec layer.md, "Whiteouts"). `opaque`: so is
 * everything that they have below the path ("Opaque Whiteout").
 */
export type PathFacts = {
  path: string;
  node: LayerNode | undefined;
  whiteout: boolean;
  opaque: boolean;
  oddity: Oddity | undefined;
};

/**
 * The paths of one layer with their facts, as one string that is searched without parsing it: it crosses threads and
 * comes out of the database in one piece, however many paths it has. Written by `packDirectory`, read by `factsAt`.
 * Paths are normalized (`normalizeImagePath`).
 *
 * One line per path, sorted by code units: the path as JSON, its node as JSON, its marks (`w` whiteout, `o` opaque)
 * and its oddity, separated by tabs.
 */
export type LayerDirectory = {
  lines: string;
  /**
   * Folders that the layer writes into before it has an entry for the folder itself, each after its parents. The
   * layers below decide what they are.
   */
  entered: readonly string[];
};

export function packDirectory(facts: Iterable<PathFacts>, entered: readonly string[] = []): LayerDirectory {
  const lines = Array.from(facts, lineOf);
  return { lines: lines.sort((a, b) => (a < b ? -1 : 1)).join("\n"), entered };
}

/** The facts of exactly this path; undefined if there are none. */
export function factsAt({ lines }: Pick<LayerDirectory, "lines">, path: string): PathFacts | undefined {
  const start = `${JSON.stringify(path)}\t`;
  const from = firstLineFrom(lines, start);
  return lines.startsWith(start, from) ? factsOf(path, lines.slice(from, endOfLine(lines, from))) : undefined;
}

/** The offset of the first line that is not less than `start`; the length of `lines` or more if there is none. */
export function firstLineFrom(lines: string, start: string): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = lines.lastIndexOf("\n", ((low + high) >> 1) - 1) + 1;
    const from = Math.max(low, middle);
    const end = endOfLine(lines, from);
    if (lines.slice(from, end) < start) low = end + 1;
    else high = from;
  }
  return low;
}

/**
 * What the layer contributes at a path: its node, `hides` if it deletes or covers the path in the layers below, or
 * undefined. A whiteout never hides files of its own layer.
 */
export function opinionOf(layer: LayerDirectory, path: string): LayerNode | "hides" | undefined {
  const own = path === "" ? undefined : factsAt(layer, path);
  if (own?.node !== undefined) return own.node;
  if (own?.whiteout === true) return "hides";
  for (const folder of foldersAbove(path)) {
    const above = factsAt(layer, folder);
    if (above === undefined) continue;
    const covers = above.node !== undefined && above.node.kind !== "directory";
    if (above.opaque || above.whiteout || covers) return "hides";
  }
  return undefined;
}

function endOfLine(lines: string, from: number): number {
  const end = lines.indexOf("\n", from);
  return end === -1 ? lines.length : end;
}

function lineOf({ path, node, whiteout, opaque, oddity }: PathFacts): string {
  const marks = `${whiteout ? "w" : ""}${opaque ? "o" : ""}`;
  return [JSON.stringify(path), node === undefined ? "" : JSON.stringify(node), marks, oddity ?? ""].join(
    "\t",
  );
}

function factsOf(path: string, line: string): PathFacts {
  const [, node = "", marks = "", oddity = ""] = line.split("\t");
  return {
    path,
    node: node === "" ? undefined : packedNode(node),
    whiteout: marks.includes("w"),
    opaque: marks.includes("o"),
    oddity: ODDITIES.find((known) => known === oddity),
  };
}

/** Only `lineOf` writes the second column, from a node, and lines are stored whole. */
function packedNode(text: string): LayerNode {
  return JSON.parse(text) as LayerNode;
}
