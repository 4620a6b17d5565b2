import type { Nodes, Root } from "hast";
import { withoutHidden } from "@/lib/extension/text/hidden-characters";

/**
 * Removes hidden characters from texts and attributes. Labels have none, but character references of HTML can write
 * them: `&#x202e;` reverses everything after it.
 */
export function visibleText(tree: Root): Root {
  for (const child of tree.children) clean(child);
  return tree;
}

function clean(node: Nodes): void {
  if (node.type === "text") node.value = withoutHidden(node.value);
  if (node.type !== "element") return;
  for (const [name, value] of Object.entries(node.properties)) {
    if (typeof value === "string") node.properties[name] = withoutHidden(value);
  }
  for (const child of node.children) clean(child);
}
