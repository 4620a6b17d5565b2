import type { ElementContent, Root, RootContent } from "hast";
import { isBlank } from "@/lib/extension/text/hidden-characters";
import { addressWords, linkAddress } from "@/lib/safe-html/link-address";

/**
 * Gives every link words: one without text or a picture shows its address. The HTML parser copies links when it repairs
 * a text; an empty copy of a link with words is dropped.
 */
export function withLinkWords(root: Root): Root {
  const spoken = new Set<string>();
  collect(root, spoken);
  return { ...root, children: filledChildren(root.children, spoken) };
}

function collect(node: Root | RootContent, spoken: Set<string>): void {
  if (node.type !== "element" && node.type !== "root") return;
  if (node.type === "element" && node.tagName === "a" && isVisible(node))
    spoken.add(String(node.properties.href));
  for (const child of node.children) collect(child, spoken);
}

function filledChildren<Node extends RootContent | ElementContent>(
  children: readonly Node[],
  spoken: Set<string>,
): (Node | ElementContent)[] {
  return children.flatMap((child, index) => {
    const filled = filledNode(child, spoken);
    const isNew = isEmptyLink(child) && filled.some(isVisible);
    // Its words would run into those of the next link.
    return isNew && isLink(children[index + 1]) ? [...filled, { type: "text", value: " " }] : filled;
  });
}

function filledNode<Node extends RootContent | ElementContent>(
  node: Node,
  spoken: Set<string>,
): (Node | ElementContent)[] {
  if (node.type !== "element") return [node];
  if (!isLink(node)) return [{ ...node, children: filledChildren(node.children, spoken) }];
  if (isVisible(node)) return [node];
  const href = String(node.properties.href);
  const url = linkAddress(href);
  if (url === undefined || spoken.has(href)) return node.children;
  spoken.add(href);
  return [{ ...node, children: [{ type: "text", value: addressWords(url) }] }];
}

function isEmptyLink(node: RootContent): boolean {
  return isLink(node) && !isVisible(node);
}

function isLink(node: RootContent | undefined): boolean {
  return node?.type === "element" && node.tagName === "a";
}

/** Whether there is something to see: text or a picture. */
export function isVisible(node: RootContent): boolean {
  if (node.type === "text") return !isBlank(node.value);
  return node.type === "element" && (node.tagName === "img" || node.children.some(isVisible));
}
