import { foldersAbove, normalizeEntryPath, normalizeImagePath, parentOf } from "@/lib/archive/entry-path";
import type { LayerBudget } from "@/lib/archive/layer-budget";
import type { EntryOddity, TarEntry } from "@/lib/archive/tar-entry";
import {
  type LayerDirectory,
  type LayerNode,
  type PathFacts,
  packDirectory,
} from "@/lib/inspection/layers/layer-directory";
import { LayerOddities } from "@/lib/inspection/layers/layer-oddities";
import { LayerTree } from "@/lib/inspection/layers/layer-tree";
import {
  affectedPath,
  isAufsName,
  isOpaqueMarker,
  isWhiteout,
  LayerWhiteouts,
} from "@/lib/inspection/layers/layer-whiteouts";
import { readProgram } from "@/lib/inspection/layers/program";

/**
 * Builds the directory of one layer from its archive entries, in order: its own files (`LayerTree`), and what it deletes
 * from the layers below (`LayerWhiteouts`). See image-spec layer.md, "Applying Changesets".
 */
export class LayerDirectoryBuilder {
  readonly #oddities = new LayerOddities();
  readonly #tree: LayerTree;
  readonly #whiteouts: LayerWhiteouts;

  constructor(budget: LayerBudget) {
    this.#tree = new LayerTree(budget, this.#oddities);
    this.#whiteouts = new LayerWhiteouts(this.#tree, this.#oddities);
  }

  add(entry: TarEntry): void {
    for (const oddity of entry.oddities) this.noteEntry(oddity);
    const path = normalizeEntryPath(entry.name);
    if (path === undefined) {
      this.#oddities.note("", "outside_root");
      return;
    }
    if (isAufsName(path)) this.noteAufs(path);
    if (entry.kind === "global header") this.addGlobalHeader(path);
    else if (isWhiteout(path)) this.#whiteouts.add(path);
    else if (path === "") this.addRoot(entry);
    else this.#tree.put(path, this.nodeOf(entry, path));
  }

  /** The finished directory. Do not use the builder afterwards. */
  finish(): LayerDirectory {
    const nodes = this.#tree.nodes();
    for (const path of this.#whiteouts.deletedPaths()) {
      if (nodes.has(path)) this.#oddities.note(path, "beside_whiteout");
    }
    for (const [path, node] of nodes) {
      if (node.kind === "hardlink" && this.decides(nodes, node.target)) {
        this.#oddities.note(path, "hardlink_order");
      }
    }
    return packDirectory(this.allFacts(nodes), this.#tree.enteredFolders);
  }

  /** Whether this layer itself decides what is at a path. A hard link to it then depends on the order of entries. */
  private decides(nodes: ReadonlyMap<string, LayerNode>, path: string): boolean {
    return nodes.has(path) || this.#whiteouts.covers(path);
  }

  private *allFacts(nodes: ReadonlyMap<string, LayerNode>): Generator<PathFacts> {
    for (const path of new Set([...nodes.keys(), ...this.#whiteouts.paths(), ...this.#oddities.paths()])) {
      yield {
        path,
        node: nodes.get(path),
        whiteout: this.#whiteouts.deletes(path),
        opaque: this.#whiteouts.empties(path),
        oddity: this.#oddities.at(path),
      };
    }
  }

  private noteEntry({ oddity, name }: EntryOddity): void {
    const path = name === undefined ? "" : normalizeEntryPath(name);
    this.#oddities.note(path === undefined ? "" : affectedPath(path), oddity);
  }

  private noteAufs(path: string): void {
    const [first = ""] = path.split("/");
    if (isOpaqueMarker(path)) return;
    this.#oddities.note(first, "aufs_name");
    this.#oddities.note(affectedPath(first), "aufs_name");
  }

  /** Some unpackers create the parent folders, as for any entry; others skip the entry. */
  private addGlobalHeader(path: string): void {
    const missing = foldersAbove(path).filter((folder) => this.#tree.find(folder) === undefined);
    this.#tree.makeFolder(parentOf(path));
    for (const folder of missing) this.#oddities.note(folder, "global_header");
  }

  private addRoot(entry: TarEntry): void {
    if (entry.kind !== "directory") this.#oddities.note("", "outside_root");
  }

  private nodeOf(entry: TarEntry, path: string): LayerNode {
    switch (entry.kind) {
      case "file":
        return fileNode(entry);
      case "directory":
        return { kind: "directory" };
      case "symlink":
        this.#tree.spendCharacters(entry.linkName);
        return { kind: "symlink", target: entry.linkName };
      case "hardlink":
        return this.hardlink(entry.linkName, path);
      case "special":
      case "global header":
        return { kind: "special" };
    }
  }

  /**
   * Resolves a hard link to the file that its target is at this point of the archive. If the layer has no such file,
   * unpackers differ: they look in the layers below, or reject the link.
   */
  private hardlink(linkName: string, path: string): LayerNode {
    const target = normalizeImagePath(linkName);
    const linked = target === undefined || target === path ? undefined : this.#tree.find(target);
    const isHeld = linked !== undefined && linked.kind !== "directory" && linked.kind !== "hardlink";
    if (!isHeld || (target !== undefined && isAufsName(target))) this.#oddities.note(path, "hardlink_order");
    const inherited = target === undefined ? undefined : this.#oddities.at(target);
    if (inherited !== undefined) this.#oddities.note(path, inherited);
    if (target === undefined || target === "" || target === path) return { kind: "special" };
    if (linked === undefined) {
      this.#tree.spendCharacters(target);
      return { kind: "hardlink", target };
    }
    return linked.kind === "directory" ? { kind: "special" } : linked;
  }
}

function fileNode({ sizeBytes, ordinal, head }: TarEntry): LayerNode {
  const program = head && readProgram(head);
  return { kind: "file", sizeBytes, body: ordinal, ...(program && { program }) };
}
