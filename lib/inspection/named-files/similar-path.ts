import { baseOf, joinPath, normalizeImagePath, parentOf } from "@/lib/archive/entry-path";
import type { ImageFiles } from "@/lib/inspection/files/image-files";
import { filesNamed, namesIn } from "@/lib/inspection/layers/directory-listing";

/** A path of the image that was probably meant. `spelling`: it differs in upper and lower case or in the Unicode form. */
export type Similar = { path: string; spelling: boolean };

/** Further names of a folder in one layer are not compared. */
const NAMES_MAX = 5000;
/** Names of a path that can be wrong. */
const CORRECTIONS_MAX = 8;
const CANDIDATES_MAX = 20;

/**
 * The path that differs from `path` only in upper and lower case or in its Unicode form, if the image has a file there.
 * `at`: the first path on the way that is missing.
 */
export async function similarPath(path: string, at: string, files: ImageFiles): Promise<Similar | undefined> {
  const wanted = normalizeImagePath(path);
  if (wanted === undefined) return undefined;
  let missing = at;
  let rest = restBehind(wanted, at);
  for (let corrected = 0; corrected < CORRECTIONS_MAX; corrected++) {
    const name = await otherSpelling(missing, files);
    if (name === undefined) return undefined;
    const candidate = [joinPath(parentOf(missing), name), ...rest].join("/");
    const located = await files.locate(candidate);
    if (located.kind === "file") return { path: `/${candidate}`, spelling: true };
    if (located.kind !== "absent" || located.at === missing) return undefined;
    missing = located.at;
    rest = restBehind(candidate, missing);
  }
  return undefined;
}

/** A file of the same name below `folder`, and not one of `others`. Paths are normalized. */
export async function fileElsewhere(
  path: string,
  folder: string,
  files: ImageFiles,
  others: ReadonlySet<string>,
): Promise<Similar | undefined> {
  const name = baseOf(path);
  let looked = 0;
  for await (const directory of files.directories()) {
    for (const candidate of filesNamed(directory, folder, name)) {
      if (looked++ >= CANDIDATES_MAX) return undefined;
      if (others.has(candidate)) continue;
      const located = await files.locate(candidate);
      if (located.kind === "file") return { path: `/${candidate}`, spelling: false };
    }
  }
  return undefined;
}

/** The names of a path behind one that is on the way to it; links can make the latter longer. */
function restBehind(path: string, at: string): string[] {
  const names = path.split("/");
  return names.slice(names.lastIndexOf(baseOf(at)) + 1);
}

async function otherSpelling(path: string, files: ImageFiles): Promise<string | undefined> {
  const folded = fold(baseOf(path));
  for await (const directory of files.directories()) {
    let compared = 0;
    for (const name of namesIn(directory, parentOf(path))) {
      if (compared++ >= NAMES_MAX) break;
      if (name === baseOf(path) || fold(name) !== folded) continue;
      if ((await files.locate(joinPath(parentOf(path), name))).kind !== "absent") return name;
    }
  }
  return undefined;
}

function fold(name: string): string {
  return name.normalize("NFC").toLowerCase();
}
