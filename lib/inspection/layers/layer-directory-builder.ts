import { ARCHIVE_LIMITS } from "@/lib/archive/archive-limits";
import {
  baseOf,
  foldersAbove,
  joinPath,
  normaliseEntryPath,
  normaliseImagePath,
  parentOf,
} from "@/lib/archive/entry-path";
import type { LayerBudget } from "@/lib/archive/layer-budget";
import { malformed, overLimit } from "@/lib/archive/layer-problem";
import type { Oddity } from "@/lib/archive/oddity";
import type { EntryOddity, TarEntry } from "@/lib/archive/tar-entry";
import {
  type LayerDirectory,
  type LayerNode,
  type PathFacts,
  packDirectory,
} from "@/lib/inspection/layers/layer-directory";
import { type Branch, branch, branchAt, nodesOf } from "@/lib/inspection/layers/layer-tree";

const WHITEOUT = ".wh.";
const OPAQUE = ".wh..wh..opq";
/** Names in the root that AUFS kept for itself: some unpackers pass over them, others take them for whiteouts. */
const AUFS = ".wh..wh.";

/**
 * Applies archive entries in their order, as an unpacker does with an empty folder, and remembers what they delete
 * from the layers below (image-spec layer.md, "Applying Changesets").
 */
export class LayerDirectoryBuilder {
  readonly #root: Branch = branch({ kind: "directory" });
  readonly #whiteouts = new Set<string>();
  readonly #opaque = new Set<string>();
  readonly #oddities = new Map<string, Oddity>();
  readonly #entered = new Set<string>();
  readonly #budget: LayerBudget;
  #characters = 0;

  constructor(budget: LayerBudget) {
    this.#budget = budget;
  }

  add(entry: TarEntry): void {
    for (const oddity of entry.oddities) this.noteEntry(oddity);
    const path = normaliseEntryPath(entry.name);
    if (path === undefined) {
      this.note("", "outside_root");
      return;
    }
    if (path.startsWith(AUFS)) this.noteAufs(path);
    if (entry.kind === "global header") this.addGlobalHeader(path);
    else if (baseOf(path).startsWith(WHITEOUT)) this.addWhiteout(path);
    else if (path === "") this.addRoot(entry);
    else this.put(path, this.nodeOf(entry, path));
  }

  /** The finished picture; the builder is not used afterwards. */
  finish(): LayerDirectory {
    const nodes = nodesOf(this.#root);
    for (const path of this.#whiteouts) if (nodes.has(path)) this.note(path, "beside_whiteout");
    for (const [path, node] of nodes) {
      if (node.kind === "hardlink" && this.touches(nodes, node.target)) this.note(path, "hardlink_order");
    }
    return packDirectory(this.allFacts(nodes), [...this.#entered]);
  }

  /** Whether this layer itself decides what is at a path; a link to it then depends on the order of entries. */
  private touches(nodes: ReadonlyMap<string, LayerNode>, path: string): boolean {
    const isDeleted = (folder: string) => this.#opaque.has(folder) || this.#whiteouts.has(folder);
    return nodes.has(path) || this.#whiteouts.has(path) || foldersAbove(path).some(isDeleted);
  }

  private *allFacts(nodes: ReadonlyMap<string, LayerNode>): Generator<PathFacts> {
    const others = [...this.#whiteouts, ...this.#opaque, ...this.#oddities.keys()];
    for (const path of new Set([...nodes.keys(), ...others])) {
      yield {
        path,
        node: nodes.get(path),
        whiteout: this.#whiteouts.has(path),
        opaque: this.#opaque.has(path),
        oddity: this.#oddities.get(path),
      };
    }
  }

  private addWhiteout(path: string): void {
    const folder = parentOf(path);
    const name = baseOf(path);
    this.spendCharacters(path);
    this.folder(folder);
    if (name === OPAQUE) this.addOpaque(folder);
    else if ([WHITEOUT, `${WHITEOUT}.`, `${WHITEOUT}..`].includes(name)) this.note("", "outside_root");
    else this.#whiteouts.add(joinPath(folder, name.slice(WHITEOUT.length)));
  }

  /** A file that came before the marker stays, as the specification has it; not every unpacker knows. */
  private addOpaque(folder: string): void {
    this.#opaque.add(folder);
    if (folder === "") this.note("", "opaque_root");
    for (const name of branchAt(this.#root, folder)?.children.keys() ?? []) {
      this.note(joinPath(folder, name), "beside_whiteout");
    }
  }

  private noteEntry({ oddity, name }: EntryOddity): void {
    const path = name === undefined ? "" : normaliseEntryPath(name);
    this.note(path === undefined ? "" : concernedBy(path), oddity);
  }

  private noteAufs(path: string): void {
    const [first = ""] = path.split("/");
    if (path === OPAQUE) return;
    this.note(first, "aufs_name");
    this.note(concernedBy(first), "aufs_name");
  }

  /** Some unpackers make the folder for it, as for any entry; others pass over it. */
  private addGlobalHeader(path: string): void {
    const missing = foldersAbove(path).filter((folder) => branchAt(this.#root, folder) === undefined);
    this.folder(parentOf(path));
    for (const folder of missing) this.note(folder, "global_header");
  }

  private addRoot(entry: TarEntry): void {
    if (entry.kind !== "directory") this.note("", "outside_root");
  }

  private nodeOf(entry: TarEntry, path: string): LayerNode {
    switch (entry.kind) {
      case "file":
        return { kind: "file", sizeBytes: entry.sizeBytes, body: entry.ordinal };
      case "directory":
        return { kind: "directory" };
      case "symlink":
        this.spendCharacters(entry.linkName);
        return { kind: "symlink", target: entry.linkName };
      case "hardlink":
        return this.hardlink(entry.linkName, path);
      case "special":
      case "global header":
        return { kind: "special" };
    }
  }

  /**
   * A hard link is the file that its target is at this point of the archive. Where that is none of the layer, unpackers
   * look for it in the layers below, in different ways, or refuse it.
   */
  private hardlink(linkName: string, path: string): LayerNode {
    const target = normaliseImagePath(linkName);
    const linked = target === undefined || target === path ? undefined : this.find(target);
    const isHeld = linked !== undefined && linked.kind !== "directory" && linked.kind !== "hardlink";
    if (!isHeld || target?.startsWith(AUFS)) this.note(path, "hardlink_order");
    const inherited = target === undefined ? undefined : this.#oddities.get(target);
    if (inherited !== undefined) this.note(path, inherited);
    if (target === undefined || target === "" || target === path) return { kind: "special" };
    if (linked === undefined) {
      this.spendCharacters(target);
      return { kind: "hardlink", target };
    }
    return linked.kind === "directory" ? { kind: "special" } : linked;
  }

  private find(path: string): LayerNode | undefined {
    return branchAt(this.#root, path)?.node;
  }

  private enterUnknown(path: string): void {
    if (this.#entered.size < ARCHIVE_LIMITS.enteredFolders) this.#entered.add(path);
    else this.note("", "through_link");
  }

  private put(path: string, node: LayerNode): void {
    const parent = this.folder(parentOf(path));
    const name = baseOf(path);
    if (name.length > 255) throw malformed("it holds a file name of more than 255 characters");
    const before = parent.children.get(name);
    if (before === undefined) {
      this.spendCharacters(path);
      parent.children.set(name, branch(node));
      return;
    }
    if (before.node.kind === "directory" && node.kind === "directory") return;
    this.note(path, "duplicate");
    this.replace(parent, path, node);
  }

  /** What took a folder's place has emptied it: a folder that comes after it shows nothing of the layers below. */
  private replace(parent: Branch, path: string, node: LayerNode): Branch {
    if (node.kind === "directory") this.#opaque.add(path);
    const made = branch(node);
    parent.children.set(baseOf(path), made);
    return made;
  }

  /** The folder at a path, made where entries below it only imply it. */
  private folder(path: string): Branch {
    let at = this.#root;
    const names = path === "" ? [] : path.split("/");
    for (const [depth, name] of names.entries()) {
      const next = at.children.get(name);
      at = next?.node.kind === "directory" ? next : this.imply(at, names.slice(0, depth + 1));
    }
    return at;
  }

  private imply(parent: Branch, names: string[]): Branch {
    const path = names.join("/");
    this.#budget.spendEntries(1);
    this.spendCharacters(path);
    const folder: LayerNode = { kind: "directory" };
    const before = parent.children.get(baseOf(path))?.node;
    if (before !== undefined) {
      this.note(before.kind === "file" ? path : "", "under_other");
      return this.replace(parent, path, folder);
    }
    this.enterUnknown(path);
    const made = branch(folder);
    parent.children.set(baseOf(path), made);
    return made;
  }

  private note(path: string, oddity: Oddity): void {
    if (!this.#oddities.has(path)) this.#oddities.set(path, oddity);
  }

  private spendCharacters(text: string): void {
    this.#characters += text.length;
    if (this.#characters > ARCHIVE_LIMITS.pathCharactersTogether) {
      throw overLimit("the names in it have more than 32 Mi characters together, the limit per layer");
    }
  }
}

/** The path that an entry of this name decides: for a whiteout what it deletes, or the folder that it empties. */
function concernedBy(path: string): string {
  const name = baseOf(path);
  if (name === OPAQUE) return parentOf(path);
  return name.startsWith(WHITEOUT) ? joinPath(parentOf(path), name.slice(WHITEOUT.length)) : path;
}
