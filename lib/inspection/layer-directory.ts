import { foldersAbove } from "@/lib/inspection/entry-path";

/** What a layer puts at a path. `body` of a file is the ordinal of the archive entry that holds its content. */
export type LayerNode =
  | { kind: "file"; sizeBytes: number; body: number }
  | { kind: "directory" }
  | { kind: "symlink"; target: string }
  /** A link to a file that this layer does not hold itself; `target` is a normalised path. */
  | { kind: "hardlink"; target: string }
  | { kind: "special" };

/**
 * Why unpackers may disagree on what a layer does at a path.
 * `duplicate`: several entries of that name · `beside_whiteout`: the layer both has the path and deletes it ·
 * `under_other`: something lies below a path that is no folder · `outside_root`: a name that leads out of the root
 * or deletes the root (noted at `""`).
 */
export type Oddity = "duplicate" | "beside_whiteout" | "under_other" | "outside_root";

/**
 * The names of one layer, as plain data: what it adds and what it hides of the layers below. Paths are normalised
 * (`normaliseImagePath`). Within the layer the last entry of a name has won.
 */
export type LayerDirectory = {
  nodes: ReadonlyMap<string, LayerNode>;
  /** Paths that are deleted from the layers below (image-spec layer.md, "Whiteouts"). */
  whiteouts: ReadonlySet<string>;
  /** Folders whose content in the layers below is deleted ("Opaque Whiteout"). */
  opaque: ReadonlySet<string>;
  oddities: ReadonlyMap<string, Oddity>;
};

/**
 * What the layer says about a path: a node that it has there, `hides` for what is deleted or covered in the layers
 * below, or undefined where it says nothing. A whiteout never hides its own layer's files.
 */
export function opinionOf(layer: LayerDirectory, path: string): LayerNode | "hides" | undefined {
  const own = path === "" ? undefined : layer.nodes.get(path);
  if (own !== undefined) return own;
  if (layer.whiteouts.has(path)) return "hides";
  for (const folder of foldersAbove(path)) {
    if (layer.opaque.has(folder) || layer.whiteouts.has(folder)) return "hides";
    const node = layer.nodes.get(folder);
    if (node !== undefined && node.kind !== "directory") return "hides";
  }
  return undefined;
}
