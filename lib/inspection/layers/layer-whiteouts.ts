import { baseOf, foldersAbove, joinPath, parentOf } from "@/lib/archive/entry-path";
import type { LayerOddities } from "@/lib/inspection/layers/layer-oddities";
import type { LayerTree } from "@/lib/inspection/layers/layer-tree";

const WHITEOUT = ".wh.";
const OPAQUE = ".wh..wh..opq";
/** Prefix of names in the root that AUFS reserved. Some unpackers ignore them, others treat them as whiteouts. */
const AUFS = ".wh..wh.";
/** Whiteouts of the folder itself or its parent. */
const OUTSIDE: readonly string[] = [WHITEOUT, `${WHITEOUT}.`, `${WHITEOUT}..`];

/** What one layer deletes from the layers below: whiteouts and opaque whiteouts (image-spec layer.md). */
export class LayerWhiteouts {
  readonly #deleted = new Set<string>();
  readonly #opaque = new Set<string>();
  readonly #tree: LayerTree;
  readonly #oddities: LayerOddities;

  constructor(tree: LayerTree, oddities: LayerOddities) {
    this.#tree = tree;
    this.#oddities = oddities;
  }

  /** Adds a whiteout, given the path of its archive entry. */
  add(path: string): void {
    const folder = parentOf(path);
    const name = baseOf(path);
    this.#tree.spendCharacters(path);
    this.#tree.makeFolder(folder);
    if (name === OPAQUE) this.addOpaque(folder);
    else if (OUTSIDE.includes(name)) this.#oddities.note("", "outside_root");
    else this.#deleted.add(joinPath(folder, name.slice(WHITEOUT.length)));
  }

  deletes(path: string): boolean {
    return this.#deleted.has(path);
  }

  empties(folder: string): boolean {
    return this.#opaque.has(folder) || this.#tree.replacedFolders.has(folder);
  }

  /** Whether the layer deletes the path, or anything above it. */
  covers(path: string): boolean {
    const isHidden = (folder: string) => this.empties(folder) || this.deletes(folder);
    return this.deletes(path) || foldersAbove(path).some(isHidden);
  }

  paths(): string[] {
    return [...this.#deleted, ...this.#opaque, ...this.#tree.replacedFolders];
  }

  deletedPaths(): Iterable<string> {
    return this.#deleted;
  }

  /** By the specification, files before the marker in the same layer stay; not every unpacker follows it. */
  private addOpaque(folder: string): void {
    this.#opaque.add(folder);
    if (folder === "") this.#oddities.note("", "opaque_root");
    for (const name of this.#tree.namesIn(folder)) {
      this.#oddities.note(joinPath(folder, name), "beside_whiteout");
    }
  }
}

export function isWhiteout(path: string): boolean {
  return baseOf(path).startsWith(WHITEOUT);
}

export function isOpaqueMarker(path: string): boolean {
  return path === OPAQUE;
}

export function isAufsName(path: string): boolean {
  return path.startsWith(AUFS);
}

/** The path that an entry affects: for a whiteout the path that it deletes, or the folder that it empties. */
export function affectedPath(path: string): string {
  const name = baseOf(path);
  if (name === OPAQUE) return parentOf(path);
  return name.startsWith(WHITEOUT) ? joinPath(parentOf(path), name.slice(WHITEOUT.length)) : path;
}
