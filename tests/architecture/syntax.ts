/** A source file as a tree: comments and strings can not be mistaken for code, and types are seen too. */

import { parseAst } from "vitest/node";

export type Node = { type: string; start: number; end: number } & { [key: string]: unknown };

/** A node with its place: who holds it, and under which key. */
export type Place = { node: Node; holder: Place | undefined; key: string };

/** Every node of a TypeScript or TSX source, parents before children. Throws where the source can not be parsed. */
export function placesIn(file: string, source: string): Place[] {
  const places: Place[] = [];
  const visit = (value: unknown, holder: Place | undefined, key: string): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, holder, key);
    if (!isNode(value)) return;
    const place = { node: value, holder, key };
    places.push(place);
    for (const [name, child] of Object.entries(value)) visit(child, place, name);
  };
  visit(parseAst(source, { lang: file.endsWith(".tsx") ? "tsx" : "ts" }), undefined, "");
  return places;
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** The child under `key`, when it is a node. */
export function childOf(node: Node, key: string): Node | undefined {
  const child = node[key];
  return isNode(child) ? child : undefined;
}

export function childrenOf(node: Node, key: string): Node[] {
  const children = node[key];
  return Array.isArray(children) ? children.filter(isNode) : [];
}

/** The text of an identifier, a string, or a template without holes; undefined for anything computed. */
export function textOf(node: Node | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (node.type === "Identifier" && typeof node.name === "string") return node.name;
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type !== "TemplateLiteral" || childrenOf(node, "expressions").length > 0) return undefined;
  return cookedText(childrenOf(node, "quasis")[0]);
}

/** Like `textOf`, but an identifier is a variable here, whose value is unknown. */
export function literalText(node: Node | undefined): string | undefined {
  return node?.type === "Identifier" ? undefined : textOf(node);
}

export function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split("\n").length;
}

function cookedText(quasi: Node | undefined): string | undefined {
  const value = quasi?.value;
  if (typeof value !== "object" || value === null || !("cooked" in value)) return undefined;
  return typeof value.cooked === "string" ? value.cooked : undefined;
}
