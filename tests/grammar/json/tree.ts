/** JSON as it is written: keys and scalars keep their spelling, and an object may hold a key twice. */

export type Tree =
  | { kind: "object"; members: Member[] }
  | { kind: "array"; items: Tree[] }
  /** A scalar, or anything else, as its text. */
  | { kind: "text"; text: string };

/** `key` with its quotation marks. */
export type Member = { key: string; value: Tree };

export const text = (content: string): Tree => ({ kind: "text", text: content });

export function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return { kind: "array", items: value.map(treeOf) };
  if (typeof value !== "object" || value === null) return text(JSON.stringify(value));
  return {
    kind: "object",
    members: Object.entries(value).map(([key, item]) => ({ key: JSON.stringify(key), value: treeOf(item) })),
  };
}

export function written(tree: Tree): string {
  switch (tree.kind) {
    case "text":
      return tree.text;
    case "array":
      return `[${tree.items.map(written).join(",")}]`;
    case "object":
      return `{${tree.members.map(({ key, value }) => `${key}:${written(value)}`).join(",")}}`;
  }
}

/** The tree itself and all that is in it. */
export function nodesOf(tree: Tree): Tree[] {
  switch (tree.kind) {
    case "text":
      return [tree];
    case "array":
      return [tree, ...tree.items.flatMap(nodesOf)];
    case "object":
      return [tree, ...tree.members.flatMap(({ value }) => nodesOf(value))];
  }
}
