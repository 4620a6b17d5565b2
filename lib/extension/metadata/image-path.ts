import { hasHiddenCharacters } from "@/lib/extension/text/hidden-characters";

export type ImagePathReading =
  | { ok: true; path: string }
  | { ok: false; problem: "escapes" | "not_local" | "invalid" };

const MAX_PATH_CHARACTERS = 4096;
/** `https:`, `file:`, a drive letter, or `//host`. */
const ADDRESS = /^(?:[A-Za-z][A-Za-z0-9+.-]*:|\/\/|\\\\)/;

/**
 * Normalizes a path inside the image, with or without leading slash, to `/ui/icon.svg`: no empty, `.` or `..`
 * segments. `/` is the root. Rejects a path that leaves the root, even if only on the way.
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

/** Normalizes a path that must name a file: neither the root nor anything with a trailing slash. */
export function readImageFilePath(text: string): ImagePathReading {
  const reading = readImagePath(text);
  const namesFolder = reading.ok && (reading.path === "/" || /(?:^|\/)\.{0,2}$/.test(text.trim()));
  return namesFolder ? { ok: false, problem: "invalid" } : reading;
}

/**
 * The file of `src`, a page URL relative to its folder: without leading slash, query and fragment. It must not leave
 * the folder, even after percent-decoding.
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
