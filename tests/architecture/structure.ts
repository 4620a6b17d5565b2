/** The shape of the house: no import circles, folders in one order, and none with too many files beside each other. */

import path from "node:path";
import { resolveImport } from "@/tests/architecture/imports";

/** File → the files that it imports; types count. All paths from the checkout's top. */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>;

/** What a file imports, as written. */
export type FileImports = { file: string; specifiers: readonly string[] };

const EXTENSIONS = ["", ".ts", ".tsx", ".mjs", ".json"];

export function importGraph(files: readonly FileImports[]): ImportGraph {
  const known = new Set(files.map(({ file }) => file));
  const targetOf = (file: string, specifier: string) => {
    const target = resolveImport(file, specifier);
    if (target.kind === "package") return [];
    const found = EXTENSIONS.map((extension) => target.path + extension).find((one) => known.has(one));
    return found === undefined || found === file ? [] : [found];
  };
  return new Map(
    files.map(({ file, specifiers }) => [
      file,
      new Set(specifiers.flatMap((specifier) => targetOf(file, specifier))),
    ]),
  );
}

/** One sentence for each group of files that import each other, directly or through others. */
export function fileCircles(graph: ImportGraph): string[] {
  return circlesIn(graph).map(
    (files) => `${files.join(", ")} import each other: move what they share into a file below them.`,
  );
}

/**
 * One sentence for each group of neighbors (sub-folders and files of one folder) that import each other: inside a
 * folder, too, arrows point one way.
 */
export function upwardArrows(graph: ImportGraph): string[] {
  const folders = new Set([...graph.keys()].flatMap(foldersAbove));
  return [...folders].sort().flatMap((folder) =>
    circlesIn(neighborGraph(graph, folder))
      .filter((names) => names.some((name) => !graph.has(`${folder}/${name}`)))
      .map(
        (names) =>
          `In ${folder}, ${names.join(", ")} import each other: one of them has to be below the others.`,
      ),
  );
}

/** One sentence for each folder with more than `max` files beside each other; `lists` are flat by nature. */
export function flatFolders(
  files: readonly string[],
  { max, lists }: { max: number; lists: Readonly<Record<string, string>> },
): string[] {
  const counts = new Map<string, number>();
  for (const file of files) {
    const folder = path.posix.dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([folder, count]) => count > max && !Object.hasOwn(lists, folder))
    .map(([folder, count]) => `${folder} has ${count} files beside each other: give its subjects folders.`);
}

/** The direct children of `folder` as nodes, with the imports between them. */
function neighborGraph(graph: ImportGraph, folder: string): ImportGraph {
  const start = `${folder}/`;
  const childOf = (file: string) => file.slice(start.length).split("/", 1)[0] ?? "";
  const neighbors = new Map<string, Set<string>>();
  for (const [file, targets] of graph) {
    if (!file.startsWith(start)) continue;
    const child = childOf(file);
    const known = neighbors.get(child) ?? new Set();
    neighbors.set(child, known);
    for (const target of targets) {
      if (target.startsWith(start) && childOf(target) !== child) known.add(childOf(target));
    }
  }
  return neighbors;
}

function foldersAbove(file: string): string[] {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, index + 1).join("/"));
}

/** Strongly connected components with more than one node (Tarjan), each sorted. */
function circlesIn(graph: ImportGraph): string[][] {
  const indexes = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];

  function visit(node: string): number {
    const index = indexes.size;
    let low = index;
    indexes.set(node, index);
    stack.push(node);
    for (const target of graph.get(node) ?? []) {
      const seen = indexes.get(target);
      if (seen === undefined) low = Math.min(low, visit(target));
      else if (stack.includes(target)) low = Math.min(low, seen);
    }
    if (low === index) {
      const circle = stack.splice(stack.indexOf(node));
      if (circle.length > 1) circles.push(circle.sort());
    }
    return low;
  }

  for (const node of graph.keys()) if (!indexes.has(node)) visit(node);
  return circles;
}
