import type { Oddity } from "@/lib/archive/oddity";

/** `global header`: a PAX header for all later entries, which some unpackers treat as an entry of that name. */
export type TarEntryKind = "file" | "directory" | "symlink" | "hardlink" | "special" | "global header";

/** One entry in archive order. `ordinal` counts from 0 and identifies this occurrence. */
export type TarEntry = {
  ordinal: number;
  kind: TarEntryKind;
  name: string;
  linkName: string;
  /** The size of a sparse file includes its holes. */
  sizeBytes: number;
  /** The content, if `wanted` selected the entry. */
  body: Uint8Array | undefined;
  /** The first bytes of a regular file, as many as identify a program. Undefined for sparse files. */
  head: Uint8Array | undefined;
  oddities: readonly EntryOddity[];
};

/** Why unpackers can disagree on an entry. `name` is the affected path; undefined if the whole layer is affected. */
export type EntryOddity = { oddity: Oddity; name: string | undefined };

const SIZELESS: readonly string[] = ["1", "2", "3", "4", "5", "6"];

/** Links, devices, folders and FIFOs have no content, whatever their size field says. */
export function hasContent(typeFlag: string): boolean {
  return !SIZELESS.includes(typeFlag);
}

export function kindOf(typeFlag: string): TarEntryKind {
  switch (typeFlag) {
    case "0":
      return "file";
    case "1":
      return "hardlink";
    case "2":
      return "symlink";
    case "5":
      return "directory";
    default:
      return "special";
  }
}
