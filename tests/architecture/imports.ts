/** What a file imports, in whichever way TypeScript lets it. */

import path from "node:path";
import { childOf, childrenOf, literalText, type Node, type Place, textOf } from "@/tests/architecture/syntax";

export type Import = {
  /** As written; undefined when it is computed. */
  specifier: string | undefined;
  /** The types only: nothing of it is left at run time. */
  typeOnly: boolean;
  offset: number;
};

export function importsIn(places: readonly Place[]): Import[] {
  return places.flatMap(({ node }) => importOf(node) ?? []);
}

/** What the import means: a path inside the checkout, or a package (with its subpath). */
export type Target = { kind: "path"; path: string } | { kind: "package"; name: string };

export function resolveImport(file: string, specifier: string): Target {
  if (specifier.startsWith("@/")) return { kind: "path", path: path.posix.normalize(specifier.slice(2)) };
  if (!isRelative(specifier)) return { kind: "package", name: specifier.replace(/^node:/, "") };
  const resolved = path.posix.join(path.posix.dirname(file), specifier);
  const inPackages = /(?:^|\/)node_modules\/(.+)$/.exec(resolved)?.[1];
  return inPackages === undefined ? { kind: "path", path: resolved } : { kind: "package", name: inPackages };
}

export function isRelative(specifier: string): boolean {
  return /^\.{0,2}(\/|$)/.test(specifier);
}

function importOf(node: Node): Import | undefined {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportAllDeclaration":
    case "ExportNamedDeclaration":
      return node.source === null || node.source === undefined
        ? undefined
        : found(node, childOf(node, "source"), isTypeOnly(node));
    case "ImportExpression":
      return found(node, childOf(node, "source"), false);
    case "TSImportType":
      return found(node, childOf(node, "source") ?? childOf(node, "argument"), true);
    case "TSExternalModuleReference":
      return found(node, childOf(node, "expression"), false);
    case "CallExpression":
      return isRequire(childOf(node, "callee"))
        ? found(node, childrenOf(node, "arguments")[0], false)
        : undefined;
    default:
      return undefined;
  }
}

function found(node: Node, source: Node | undefined, typeOnly: boolean): Import {
  return { specifier: literalText(source), typeOnly, offset: node.start };
}

/** `import type …`, `export type …`, or braces in which every name says `type`. */
function isTypeOnly(node: Node): boolean {
  if (node.importKind === "type" || node.exportKind === "type") return true;
  const names = childrenOf(node, "specifiers");
  return names.length > 0 && names.every((name) => name.importKind === "type" || name.exportKind === "type");
}

/** `require`, `require.resolve`, `module.require`, `import.meta.resolve` and `createRequire(…)`'s result called at once. */
function isRequire(callee: Node | undefined): boolean {
  if (callee === undefined) return false;
  if (callee.type === "CallExpression") return textOf(childOf(callee, "callee")) === "createRequire";
  if (callee.type !== "MemberExpression") return textOf(callee) === "require";
  const [object, property] = [childOf(callee, "object"), textOf(childOf(callee, "property"))];
  if (property === "resolve") return object?.type === "MetaProperty" || textOf(object) === "require";
  return property === "require";
}
