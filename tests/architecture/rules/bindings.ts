/** Which names of a file are its own variables, and which still mean the global. */

import { type Place, textOf } from "@/tests/architecture/syntax";

/** Wrappers that only types see through: what they hold is still used as a value. */
const HOLDS_A_VALUE = ["TSNonNullExpression", "TSAsExpression", "TSSatisfiesExpression"];

/** Names that the file binds itself, anywhere: they no longer mean the global. */
export function boundNames(places: readonly Place[]): Set<string> {
  return new Set(places.filter(isBinding).map(({ node }) => textOf(node) ?? ""));
}

function isBinding({ node, holder, key }: Place): boolean {
  return node.type === "Identifier" && holder !== undefined && binds(holder, key);
}

/** Whether a name under `key` of this holder is a new variable; patterns pass the question on to what holds them. */
function binds(place: Place, key: string): boolean {
  switch (place.node.type) {
    case "VariableDeclarator":
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return key === "id" || key === "params";
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return key === "params";
    case "ImportSpecifier":
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
      return key === "local";
    case "Property":
      return key === "value" && place.holder?.node.type === "ObjectPattern" && binds(place.holder, place.key);
    case "AssignmentPattern":
      return key === "left" && passesOn(place);
    case "ObjectPattern":
    case "ArrayPattern":
    case "RestElement":
    case "TSParameterProperty":
      return passesOn(place);
    default:
      return false;
  }
}

function passesOn(place: Place): boolean {
  return place.holder !== undefined && binds(place.holder, place.key);
}

/** The name used as a value: not a property, a key, a binding or a type. */
export function isGlobal(
  { node, holder, key }: Place,
  bound: ReadonlySet<string>,
  names: readonly string[],
): boolean {
  const name = node.type === "Identifier" ? textOf(node) : undefined;
  if (name === undefined || holder === undefined || !names.includes(name) || bound.has(name)) return false;
  if (holder.node.type.startsWith("TS") && !HOLDS_A_VALUE.includes(holder.node.type)) return false;
  const isName = key === "property" || key === "key" || key === "label";
  return !isName || holder.node.computed === true;
}
