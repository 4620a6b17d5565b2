import { setImmediate as nextTurn } from "node:timers/promises";
import { normalizeImagePath, parentOf } from "@/lib/archive/entry-path";
import type { ImageFiles } from "@/lib/inspection/files/image-files";
import { symlinksBelow } from "@/lib/inspection/layers/directory-listing";
import {
  factsAt,
  type LayerDirectory,
  type LayerNode,
  opinionOf,
} from "@/lib/inspection/layers/layer-directory";

/** `paths`: at most `LINKS_MAX`. `outside`: how many of them lead out of the folder. */
export type PageLinks = { paths: string[]; outside: number };

/** Links that are examined before other work gets a turn. */
const EXAMINED_AT_ONCE = 100;
const LINKS_MAX = 1000;
/** Links that are examined, including those that upper layers hide. */
const EXAMINED_MAX = 5000;

/**
 * The symbolic links below the folder of the pages. Looks at the topmost `count` layers, which were read to find the
 * page: pages are rarely spread over more.
 */
export async function pageLinks(folder: string, count: number, files: ImageFiles): Promise<PageLinks> {
  const paths = new Set<string>();
  let outside = 0;
  let examined = 0;
  const above: LayerDirectory[] = [];
  for await (const directory of files.directories(count)) {
    for (const path of symlinksBelow(directory, folder)) {
      if (paths.size >= LINKS_MAX || examined++ >= EXAMINED_MAX) return { paths: [...paths], outside };
      if (examined % EXAMINED_AT_ONCE === 0) await nextTurn();
      if (paths.has(path) || above.some((upper) => opinionOf(upper, path) !== undefined)) continue;
      paths.add(path);
      if (leadsOutside(path, factsAt(directory, path)?.node, folder)) outside++;
    }
    above.push(directory);
  }
  return { paths: [...paths], outside };
}

function leadsOutside(path: string, node: LayerNode | undefined, folder: string): boolean {
  if (node?.kind !== "symlink") return false;
  if (node.target.startsWith("/")) return true;
  const target = normalizeImagePath(`${parentOf(path)}/${node.target}`);
  return target === undefined || (target !== folder && folder !== "" && !target.startsWith(`${folder}/`));
}
