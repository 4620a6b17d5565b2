/** Text that strangers write, where a page renders it. */

import { childOf, isNode, type Node, type Place } from "@/tests/architecture/syntax";

/** Elements that isolate the direction of a text from what is around it. */
const ISOLATING = ["bdi", "ForeignText"];

/** Names that always hold such a text. */
const TEXTS = ["vendor", "alt", "licenses"];

/** Fields that do, by the names of what has them. */
const FIELDS: Record<string, readonly string[]> = {
  title: ["entry", "extension", "item", "labels", "summary", "version"],
  description: ["entry", "extension", "item", "labels", "summary"],
  name: ["account", "actor", "person", "publisher", "submitter"],
  message: ["deprecated"],
};

/** Whether a place is a child of an element that shows such a text, without `<bdi>` or `ForeignText` around it. */
export function isRawPublisherText({ node, holder, key }: Place): boolean {
  if (node.type !== "JSXExpressionContainer" || key !== "children") return false;
  const expression = childOf(node, "expression");
  return expression !== undefined && shows(expression) && !isIsolated(holder);
}

/** The values that an expression can have: both branches of a choice. */
function shows(node: Node): boolean {
  switch (node.type) {
    case "LogicalExpression":
      return ["left", "right"].some((key) => isShown(node, key));
    case "ConditionalExpression":
      return ["consequent", "alternate"].some((key) => isShown(node, key));
    case "TemplateLiteral":
      return Array.isArray(node.expressions) && node.expressions.filter(isNode).some(shows);
    case "Identifier":
      return TEXTS.includes(nameOf(node) ?? "");
    case "MemberExpression": {
      const property = nameOf(childOf(node, "property")) ?? "";
      const object = lastName(childOf(node, "object")) ?? "";
      return TEXTS.includes(property) || (FIELDS[property] ?? []).includes(object);
    }
    default:
      return false;
  }
}

function isShown(node: Node, key: string): boolean {
  const child = childOf(node, key);
  return child !== undefined && shows(child);
}

function isIsolated(place: Place | undefined): boolean {
  if (place === undefined) return false;
  const opening = childOf(place.node, "openingElement");
  const name = opening && nameOf(childOf(opening, "name"));
  return (name !== undefined && ISOLATING.includes(name)) || isIsolated(place.holder);
}

/** `version` for `this.version` and `open.version`. */
function lastName(node: Node | undefined): string | undefined {
  return node?.type === "MemberExpression" ? nameOf(childOf(node, "property")) : nameOf(node);
}

function nameOf(node: Node | undefined): string | undefined {
  return typeof node?.name === "string" ? node.name : undefined;
}
