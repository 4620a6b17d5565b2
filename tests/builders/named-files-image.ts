import { foldersAbove } from "@/lib/archive/entry-path";
import { type BuiltImage, imageIndex, imageManifest, layer } from "@/scripts/demo/image/image";
import type { TarEntry } from "@/scripts/demo/image/tar";
import { EXTENSION_ICON, EXTENSION_LABELS, EXTENSION_METADATA } from "@/tests/builders/extension-image";
import { elf } from "@/tests/builders/programs";

export type Architecture = "amd64" | "arm64";

export type NamedFilesImage = {
  /** Merged over the default metadata.json, which names an icon and a tab. */
  metadata?: Record<string, unknown>;
  /** Further entries of the main layer, which has entries for all its folders, as builders write them. */
  entries?: TarEntry[] | ((architecture: Architecture) => TarEntry[]);
  /** Layers above that one. */
  above?: TarEntry[][];
  /** Layers below that one. */
  below?: TarEntry[][];
  /** Without the page, the icon, or the program that differs between the platforms. */
  without?: ("page" | "icon" | "service")[];
  /** `config` of the image config: entrypoint, environment and so on. */
  config?: Record<string, unknown>;
  platforms?: Architecture[];
};

export const file = (path: string, content: string | Uint8Array = "x"): TarEntry => ({
  path,
  content,
  mode: 0o755,
});
export const symlink = (path: string, linkTo: string): TarEntry => ({ path, type: "symlink", linkTo });

/** `host.binaries` with these paths. */
export const host = (lists: Partial<Record<"darwin" | "windows" | "linux", string[]>>) => ({
  host: {
    binaries: [
      Object.fromEntries(Object.entries(lists).map(([os, paths]) => [os, paths.map((path) => ({ path }))])),
    ],
  },
});

/** An extension for linux/amd64 and linux/arm64 whose files are chosen one by one. */
export function namedFilesImage(options: NamedFilesImage = {}): BuiltImage {
  const { platforms = ["amd64", "arm64"], above = [], below = [], config = {} } = options;
  return imageIndex(
    platforms.map((architecture) =>
      imageManifest({
        platform: { os: "linux", architecture },
        layers: [...below, filesOf(options, architecture), ...above].map((entries) => layer(entries)),
        config: { config: { Labels: EXTENSION_LABELS, ...config } },
      }),
    ),
  );
}

function filesOf(options: NamedFilesImage, architecture: Architecture): TarEntry[] {
  const { metadata = {}, entries = [], without = [] } = options;
  const files = [
    file("metadata.json", JSON.stringify({ ...EXTENSION_METADATA, ...metadata })),
    ...(without.includes("icon") ? [] : [file("disk-lens.svg", EXTENSION_ICON)]),
    ...(without.includes("page") ? [] : [file("ui/index.html", "<!doctype html>")]),
    ...(without.includes("service") ? [] : [file("service", elf(architecture))]),
    ...(typeof entries === "function" ? entries(architecture) : entries),
  ];
  const folders = new Set(files.flatMap(({ path }) => foldersAbove(path)).filter((path) => path !== ""));
  return [
    ...[...folders].map((path): TarEntry => ({ path: `${path}/`, type: "directory", mode: 0o755 })),
    ...files,
  ];
}
