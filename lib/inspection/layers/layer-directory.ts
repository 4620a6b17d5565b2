import { foldersAbove } from "@/lib/archive/entry-path";
import { ODDITIES, type Oddity } from "@/lib/archive/oddity";

/** What a layer puts at a path. `body` of a file is the ordinal of the archive entry that holds its content. */
export type LayerNode =
  | { kind: "file"; sizeBytes: number; body: number }
  | { kind: "directory" }
  | { kind: "symlink"; target: string }
  /** A link to a file that this layer does not hold itself; `target` is a normalized path. */
  | { kind: "hardlink"; target: string }
  | { kind: "special" };

/**
 * All that a layer says of one path. `node`: what it puts there (within the layer the last entry of a name has won) ·
 * `whiteout`: the path is deleted from the layers below (image-spec layer.md, "Whiteouts") · `opaque`: so is what
 * these have below the path ("Opaque Whiteout").
 */
export type PathFacts = {
  path: string;
  node: LayerNode | undefined;
  whiteout: boolean;
  opaque: boolean;
  oddity: Oddity | undefined;
};

/**
 * The paths of one layer, each with what the layer says of it, as one text that is searched without being taken apart:
 * it crosses threads and comes out of a database in one piece, however many paths it holds. Made by
 * `packDirectory`, read by `factsAt`. Paths are normalized (`normalizeImagePath`).
 *
 * One line per path, sorted by code units: the path as JSON, its node as JSON, its marks (`w` whiteout, `o` opaque)
 * and its oddity, separated by tabs.
 */
export type LayerDirectory = {
  lines: string;
  /**
   * Folders in which the layer puts or deletes something before it has an entry for the folder itself, each after
   * those above it. What they are is up to the layers below.
   */
  entered: readonly string[];
};

export function packDirectory(facts: Iterable<PathFacts>, entered: readonly string[] = []): LayerDirectory {
  const lines = Array.from(facts, lineOf);
  return { lines: lines.sort((a, b) => (a < b ? -1 : 1)).join("\n"), entered };
}

/** What the layer says of this very path; undefined where it says nothing. */
export function factsAt({ lines }: Pick<LayerDirectory, "lines">, path: string): PathFacts | undefined {
  const start = `${JSON.stringify(path)}\t`;
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = lines.lastIndexOf("\n", ((low + high) >> 1) - 1) + 1;
    const from = Math.max(low, middle);
    const end = endOfLine(lines, from);
    if (lines.startsWith(start, from)) return factsOf(path, lines.slice(from, end));
    if (lines.slice(from, end) < start) low = end + 1;
    else high = from;
  }
  return undefined;
}

/**
 * What the layer says about a path: a node that it has there, `hides` for what is deleted or covered in the layers
 * below, or undefined where it says nothing. A whiteout never hides its own layer's files.
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

/** The second column is written by `lineOf` alone, out of a node; whoever stores lines stores them whole. */
function packedNode(text: string): LayerNode {
  return JSON.parse(text) as LayerNode;
}
