import { joinPath } from "@/lib/archive/entry-path";
import type { LayerNode } from "@/lib/inspection/layers/layer-directory";

/** A path of a layer while its archive is read, with what lies below it by name. */
export type Branch = { node: LayerNode; children: Map<string, Branch> };

export function branch(node: LayerNode): Branch {
  return { node, children: new Map() };
}

/** What stands at a normalized path below `root`; `root` itself at the empty one. */
export function branchAt(root: Branch, path: string): Branch | undefined {
  let at: Branch | undefined = root;
  for (const name of path === "" ? [] : path.split("/")) at = at?.children.get(name);
  return at;
}

/** Every path below `root` with what stands there. Paths are at most 255 names deep. */
export function nodesOf(root: Branch): Map<string, LayerNode> {
  const nodes = new Map<string, LayerNode>();
  collect(root, "", nodes);
  return nodes;
}

function collect(from: Branch, path: string, into: Map<string, LayerNode>): void {
  for (const [name, child] of from.children) {
    const childPath = joinPath(path, name);
    into.set(childPath, child.node);
    collect(child, childPath, into);
  }
}
