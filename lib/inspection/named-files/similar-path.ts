import { baseOf, joinPath, normalizeImagePath, parentOf } from "@/lib/archive/entry-path";
import type { ImageFiles } from "@/lib/inspection/files/image-files";
import { filesNamed, namesIn } from "@/lib/inspection/layers/directory-listing";

/** A path of the image that was probably meant. `spelling`: it differs in upper and lower case or in the Unicode form. */
export type Similar = { path: string; spelling: boolean };

/** Names of folders that are compared per image; further paths get no suggestion. */
const NAMES_MAX = 100_000;
/** Names of a path that can be wrong. */
const CORRECTIONS_MAX = 8;
/** Files that are looked for in other folders per image, and candidates for each. */
const ELSEWHERE_MAX = 5;
const CANDIDATES_MAX = 20;

/** Suggestions for paths that an image does not have, within a budget per image. */
export class SimilarPaths {
  readonly #files: ImageFiles;
  /** Names by their folded form, by folder. */
  readonly #names = new Map<string, Map<string, string[]>>();
  #namesLeft = NAMES_MAX;
  #elsewhereLeft = ELSEWHERE_MAX;

  constructor(files: ImageFiles) {
    this.#files = files;
  }

  /**
   * The file whose path differs from `path` only in upper and lower case or in its Unicode form. `at`: the first path
   * on the way that is missing.
   */
  async spelledOtherwise(path: string, at: string): Promise<Similar | undefined> {
    const wanted = normalizeImagePath(path);
    if (wanted === undefined) return undefined;
    let missing = at;
    let rest = restBehind(wanted, at);
    for (let corrected = 0; corrected < CORRECTIONS_MAX; corrected++) {
      const name = await this.otherName(missing);
      if (name === undefined) return undefined;
      const candidate = [joinPath(parentOf(missing), name), ...rest].join("/");
      const located = await this.#files.locate(candidate);
      if (located.kind === "file") return { path: `/${candidate}`, spelling: true };
      if (located.kind !== "absent" || located.at === missing) return undefined;
      missing = located.at;
      rest = restBehind(candidate, missing);
    }
    return undefined;
  }

  /** A file of the same name below `folder`, and not one of `others`. Paths are normalized. */
  async elsewhere(path: string, folder: string, others: ReadonlySet<string>): Promise<Similar | undefined> {
    if (this.#elsewhereLeft-- <= 0) return undefined;
    let looked = 0;
    for await (const directory of this.#files.directories()) {
      for (const candidate of filesNamed(directory, folder, baseOf(path))) {
        if (looked++ >= CANDIDATES_MAX) return undefined;
        if (others.has(candidate)) continue;
        const located = await this.#files.locate(candidate);
        if (located.kind === "file") return { path: `/${candidate}`, spelling: false };
      }
    }
    return undefined;
  }

  private async otherName(path: string): Promise<string | undefined> {
    const folder = parentOf(path);
    const names = this.#names.get(folder) ?? (await this.namesOf(folder));
    this.#names.set(folder, names);
    for (const name of names.get(fold(baseOf(path))) ?? []) {
      const { kind } = await this.#files.locate(joinPath(folder, name));
      if (name !== baseOf(path) && kind !== "absent") return name;
    }
    return undefined;
  }

  private async namesOf(folder: string): Promise<Map<string, string[]>> {
    const names = new Map<string, string[]>();
    for await (const directory of this.#files.directories()) {
      for (const name of namesIn(directory, folder)) {
        if (this.#namesLeft-- <= 0) return names;
        const same = names.get(fold(name)) ?? [];
        if (!same.includes(name)) names.set(fold(name), [...same, name]);
      }
    }
    return names;
  }
}

/** The names of a path behind one that is on the way to it; links can make the latter longer. */
function restBehind(path: string, at: string): string[] {
  const names = path.split("/");
  return names.slice(names.lastIndexOf(baseOf(at)) + 1);
}

function fold(name: string): string {
  return name.normalize("NFC").toLowerCase();
}
