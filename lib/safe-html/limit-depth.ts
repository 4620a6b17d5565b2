import type { ElementContent, Root, RootContent } from "hast";

/** Deeper than any table in a list in a quotation. */
const DEPTH_MAX = 40;

/** The same tree with nothing below `DEPTH_MAX` but text. Elements there give way to what they hold. */
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

/** Scripts and styles hold their text in text nodes too, which then would be shown; it acts no more than other text. */
function textOf(node: ElementContent): string {
  if (node.type === "element") return node.children.map(textOf).join("");
  return node.type === "text" ? node.value : "";
}
