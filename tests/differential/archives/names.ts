/** Paths of the images that are made, and the ways in which archives spell them. */

import type { Random } from "@/tests/registry/fuzz-run/random";

export type Name = string | Uint8Array;

/** The paths that are compared after unpacking. */
export const WATCHED = ["metadata.json", "compose.yaml", "ui/icon.svg", "a/b", "\ufffd.yaml"] as const;

const OTHERS = ["a/c", "b/metadata.json", "ui/metadata.json", "other", "a/link"] as const;
/** Files where others have folders, and the other way round. */
const CONFLICTS = ["a", "b", "ui", "link", "a/b/c", "metadata.json/x"] as const;
const FOLDERS = ["", "", "a/", "a/", "ui/", "ui/", "b/"] as const;
const ODD_FOLDERS = ["a/b/", "link/", "metadata.json/"] as const;
/** Three bytes of a byte order mark, U+FFFD, and bytes that are no UTF-8: alone, overlong, a surrogate. */
const ODD_BYTES = ["efbbbf", "efbfbd", "ff", "c0af", "eda080", "80"] as const;

export function pathOf(random: Random): string {
  const draw = random.below(20);
  if (draw === 0) return random.pick(CONFLICTS);
  return draw < 15 ? random.pick(WATCHED) : random.pick(OTHERS);
}

export function folderOf(random: Random): string {
  return random.below(10) === 0 ? random.pick(ODD_FOLDERS) : random.pick(FOLDERS);
}

/** A path as some archive writes it; every spelling but the odd ones is the same path for all unpackers. */
export function spelled(random: Random, path: string): Name {
  switch (random.below(72)) {
    case 0:
      return `/${path}`;
    case 1:
      return `a/../${path}`;
    case 2:
      return `.//${path}`;
    case 3:
      return random.pick([`../${path}`, `/../${path}`, `a/../../${path}`]);
    case 4:
    case 5:
    case 9:
      return oddBytes(random, path);
    case 6:
    case 7:
    case 8:
    case 10:
    case 11:
    case 12:
      return `./${path}`;
    default:
      return path;
  }
}

function oddBytes(random: Random, path: string): Uint8Array {
  const odd = Buffer.from(random.pick(ODD_BYTES), "hex");
  const slash = path.lastIndexOf("/") + 1;
  const [folder, base] = [Buffer.from(path.slice(0, slash)), Buffer.from(path.slice(slash))];
  return random.pick([
    Buffer.concat([folder, odd, base]),
    Buffer.concat([odd, folder, base]),
    Buffer.concat([folder, base, odd]),
    Buffer.concat([odd, Buffer.from(".yaml")]),
  ]);
}
