import { hasHiddenCharacters } from "@/lib/extension/labels/label-text";

export type ImagePathReading =
  | { ok: true; path: string }
  | { ok: false; problem: "escapes" | "not_local" | "invalid" };

const MAX_PATH_CHARACTERS = 4096;
/** `https:`, `file:`, a drive letter, or `//host`. */
const ADDRESS = /^(?:[A-Za-z][A-Za-z0-9+.-]*:|\/\/|\\\\)/;

/**
 * A path inside the image as publishers write it (with or without leading slash) in its one form: `/ui/icon.svg`,
 * without empty, `.` or `..` segments. `/` is the root itself. A path that leads out of the root, even if only on the
 * way, is refused.
 */
export function readImagePath(text: string): ImagePathReading {
  const trimmed = text.trim();
  if (ADDRESS.test(trimmed)) return { ok: false, problem: "not_local" };
  if (
    trimmed === "" ||
    trimmed.length > MAX_PATH_CHARACTERS ||
    trimmed.includes("\\") ||
    /[\r\n\t]/.test(trimmed)
  ) {
    return { ok: false, problem: "invalid" };
  }
  if (hasHiddenCharacters(trimmed)) return { ok: false, problem: "invalid" };
  const segments: string[] = [];
  for (const segment of trimmed.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return { ok: false, problem: "escapes" };
  }
  return { ok: true, path: `/${segments.join("/")}` };
}

/** The same for a path that must name a file: neither the root nor anything that ends in a slash. */
export function readImageFilePath(text: string): ImagePathReading {
  const reading = readImagePath(text);
  const namesFolder = reading.ok && (reading.path === "/" || /(?:^|\/)\.{0,2}$/.test(text.trim()));
  return namesFolder ? { ok: false, problem: "invalid" } : reading;
}

/**
 * The file behind `src`, the address of a page relative to its folder: without leading slash, query and fragment.
 * It may not leave the folder, also not when percent-encoding is undone.
 */
export function readPagePath(text: string): ImagePathReading {
  const page = text.trim().replace(/[?#].*$/s, "");
  const decoded = percentDecoded(page);
  if (decoded === undefined) return { ok: false, problem: "invalid" };
  const hidden = readImageFilePath(decoded);
  if (!hidden.ok) return hidden;
  const reading = readImageFilePath(page);
  return reading.ok ? { ok: true, path: reading.path.slice(1) } : reading;
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
