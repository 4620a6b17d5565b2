import { ARCHIVE_LIMITS } from "@/lib/archive/archive-limits";
import { malformed } from "@/lib/archive/layer-problem";

/**
 * Normalizes a path inside an image: no leading or trailing slash, no empty, `.` or `..` segments; `""` is the root.
 * Undefined if `..` leaves the root, because unpackers disagree on such paths.
 */
export function normalizeImagePath(path: string): string | undefined {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join("/");
}

/**
 * Normalizes the name of an archive entry, within the limits of a Linux file system. Throws a `LayerProblemError`.
 */
export function normalizeEntryPath(name: string): string | undefined {
  if (name.length > ARCHIVE_LIMITS.pathCharacters)
    throw malformed("it contains a path of more than 4096 characters");
  const path = normalizeImagePath(name);
  if (path !== undefined && path.split("/").length > ARCHIVE_LIMITS.pathSegments) {
    throw malformed(`it contains a path of more than ${ARCHIVE_LIMITS.pathSegments} segments`);
  }
  return path;
}

/** The parent folder of a normalized path; `""` for entries of the root. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? "" : path.slice(0, slash);
}

export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

export function joinPath(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/** All folders above a normalized path, the root first. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  if (path === "") return folders;
  folders.push("");
  for (let at = path.indexOf("/"); at !== -1; at = path.indexOf("/", at + 1)) folders.push(path.slice(0, at));
  return folders;
}
