import { ARCHIVE_LIMITS } from "@/lib/archive/archive-limits";
import { baseOf, joinPath, parentOf } from "@/lib/archive/entry-path";
import type { LayerBudget } from "@/lib/archive/layer-budget";
import { malformed, overLimit } from "@/lib/archive/layer-problem";
import type { LayerNode } from "@/lib/inspection/layers/layer-directory";
import type { LayerOddities } from "@/lib/inspection/layers/layer-oddities";

type Branch = { node: LayerNode; children: Map<string, Branch> };

const MAX_NAME_CHARACTERS = 255;

/** The tree of files of one layer while its archive is read. Inserts entries as an unpacker does into an empty folder. */
export class LayerTree {
  readonly #root: Branch = branch({ kind: "directory" });
  readonly #entered = new Set<string>();
  readonly #replaced = new Set<string>();
  readonly #budget: LayerBudget;
  readonly #oddities: LayerOddities;
  #characters = 0;

  constructor(budget: LayerBudget, oddities: LayerOddities) {
    this.#budget = budget;
    this.#oddities = oddities;
  }

  /** Folders that the layer writes into without an entry of their own, each after its parents. */
  get enteredFolders(): readonly string[] {
    return [...this.#entered];
  }

  /** Folders that took the place of another node: they hide what lower layers have below them. */
  get replacedFolders(): ReadonlySet<string> {
    return this.#replaced;
  }

  find(path: string): LayerNode | undefined {
    return this.branchAt(path)?.node;
  }

  namesIn(folder: string): string[] {
    return [...(this.branchAt(folder)?.children.keys() ?? [])];
  }

  /** Every path with its node. */
  nodes(): Map<string, LayerNode> {
    const nodes = new Map<string, LayerNode>();
    collect(this.#root, "", nodes);
    return nodes;
  }

  put(path: string, node: LayerNode): void {
    const parent = this.folderAt(parentOf(path));
    const name = baseOf(path);
    if (name.length > MAX_NAME_CHARACTERS)
      throw malformed("it contains a file name of more than 255 characters");
    const before = parent.children.get(name);
    if (before === undefined) {
      this.spendCharacters(path);
      parent.children.set(name, branch(node));
      return;
    }
    if (before.node.kind === "directory" && node.kind === "directory") return;
    this.#oddities.note(path, "duplicate");
    this.replace(parent, path, node);
  }

  /** Creates the folder and its parents where entries only imply them. */
  makeFolder(path: string): void {
    this.folderAt(path);
  }

  /** Counts a path or link target against the limit per layer. */
  spendCharacters(text: string): void {
    this.#characters += text.length;
    if (this.#characters > ARCHIVE_LIMITS.pathCharactersTogether) {
      throw overLimit("its file names exceed 32 Mi characters in total, the limit per layer");
    }
  }

  private branchAt(path: string): Branch | undefined {
    let at: Branch | undefined = this.#root;
    for (const name of namesOf(path)) at = at?.children.get(name);
    return at;
  }

  private folderAt(path: string): Branch {
    let at = this.#root;
    const names = namesOf(path);
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
      this.#oddities.note(before.kind === "file" ? path : "", "under_other");
      return this.replace(parent, path, folder);
    }
    this.enter(path);
    const made = branch(folder);
    parent.children.set(baseOf(path), made);
    return made;
  }

  private enter(path: string): void {
    if (this.#entered.size < ARCHIVE_LIMITS.enteredFolders) this.#entered.add(path);
    else this.#oddities.note("", "through_link");
  }

  private replace(parent: Branch, path: string, node: LayerNode): Branch {
    if (node.kind === "directory") this.#replaced.add(path);
    const made = branch(node);
    parent.children.set(baseOf(path), made);
    return made;
  }
}

function branch(node: LayerNode): Branch {
  return { node, children: new Map() };
}

function namesOf(path: string): string[] {
  return path === "" ? [] : path.split("/");
}

/** Recursion is bounded: paths are at most 255 names deep. */
function collect(from: Branch, path: string, into: Map<string, LayerNode>): void {
  for (const [name, child] of from.children) {
    const childPath = joinPath(path, name);
    into.set(childPath, child.node);
    collect(child, childPath, into);
  }
}
