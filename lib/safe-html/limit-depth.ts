import type { ElementContent, Root, RootContent } from "hast";

/** Deeper than any table in a list in a quotation. */
const DEPTH_MAX = 40;

/** Limits the depth of a tree: elements below `DEPTH_MAX` are replaced by their text. */
export function limitDepth(root: Root): Root {
  return { ...root, children: root.children.flatMap((child) => limited(child, 1)) };
}

function limited<Node extends RootContent | ElementContent>(
  node: Node,
  depth: number,
): (Node | ElementContent)[] {
  if (node.type !== "element") return [node];
  if (depth > DEPTH_MAX) return [{ type: "text", value: textOf(node) }];
  return [{ ...node, children: node.children.flatMap((child) => limited(child, depth + 1)) }];
}

/** Excludes the text nodes of scripts and styles. As text they would be harmless, but visible. */
function textOf(node: ElementContent): string {
  if (node.type === "element") return node.children.map(textOf).join("");
  return node.type === "text" ? node.value : "";
}
