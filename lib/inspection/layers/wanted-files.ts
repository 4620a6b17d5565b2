import { ARCHIVE_LIMITS } from "@/lib/archive/archive-limits";
import { normalizeImagePath } from "@/lib/archive/entry-path";
import type { TarEntry } from "@/lib/archive/tar-entry";

/**
 * Selects the files whose contents to keep while a layer is read, as data that can be sent to a thread. `likely`:
 * small files in the root, and small YAML and env files anywhere. These usually include metadata.json, the icon and
 * the compose file, so that one pass suffices.
 */
export type WantedFiles = { kind: "likely" } | { kind: "all" } | { kind: "entry"; ordinal: number };

/** Called once for each regular file, in archive order. */
export function wantedFilter(wanted: WantedFiles): (entry: TarEntry) => boolean {
  switch (wanted.kind) {
    case "all":
      return () => true;
    case "entry":
      return ({ ordinal }) => ordinal === wanted.ordinal;
    case "likely":
      return likelyFiles();
  }
}

function likelyFiles(): (entry: TarEntry) => boolean {
  let keptBytes = 0;
  return ({ name, sizeBytes }) => {
    if (!isLikely(name) || keptBytes + sizeBytes > ARCHIVE_LIMITS.keptBytesTogether) return false;
    keptBytes += sizeBytes;
    return true;
  };
}

function isLikely(name: string): boolean {
  const path = normalizeImagePath(name);
  return path !== undefined && (!path.includes("/") || /\.(?:ya?ml|env)$/i.test(path));
}
