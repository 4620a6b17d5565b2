/** PATH_MAX of Linux: no file has a longer path. */
const MAX_PATH_CHARACTERS = 4096;

/**
 * Resolves `written` relative to `folder` inside the image. Undefined for anything that is not a path in the image: a
 * URL, a host path, a path outside the image's root, or one beyond the length limit.
 */
export function fileInImage(folder: string, written: string): string | undefined {
  if (written === "" || folder.length + written.length >= MAX_PATH_CHARACTERS) return undefined;
  if (/^(?:[/~\\]|[A-Za-z][A-Za-z0-9+.-]*:|git@)/.test(written)) return undefined;
  const segments = folder.split("/").filter((segment) => segment !== "");
  for (const segment of written.replaceAll("\\", "/").split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return `/${segments.join("/")}`;
}

/** The folder of a file: `/backend` for `/backend/compose.yaml`. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 1));
}

/** The path of `to` relative to `from`; both are folders in the image. */
export function relativeFolder(from: string, to: string): string {
  const start = from.split("/").filter((segment) => segment !== "");
  const end = to.split("/").filter((segment) => segment !== "");
  const differs = end.findIndex((segment, index) => segment !== start[index]);
  const shared = differs === -1 ? Math.min(start.length, end.length) : Math.min(differs, start.length);
  return [".", ...start.slice(shared).map(() => ".."), ...end.slice(shared)].join("/");
}
