/**
 * The repository of the inspection bench: tags of two platforms that share six layers of 12 MB per platform, with
 * metadata.json in a small layer in the middle, as an image is that is built again and again on the same base.
 */

import { createCipheriv } from "node:crypto";
import { type BuiltLayer, imageIndex, imageManifest, layer } from "@/scripts/demo/image/image";
import type { TarEntry } from "@/scripts/demo/image/tar";
import { EXTENSION_ICON, EXTENSION_LABELS, EXTENSION_METADATA } from "@/tests/builders/extension-image";
import { pushImage } from "@/tests/support/registries/push";

export const BENCH_PATH = "acme/bench";
/** The same layers, and metadata.json names a file for the host in the lowest and largest of them. */
export const NAMED_FILES_PATH = "acme/bench-files";
const MEBIBYTE = 2 ** 20;

/** Pushes 1.0.0, 1.0.1 and so on. */
export async function fillBenchRepository(url: string, tags: number): Promise<void> {
  await fill(url, BENCH_PATH, tags, EXTENSION_METADATA);
}

export async function fillNamedFilesRepository(url: string, tags: number): Promise<void> {
  const host = { binaries: [{ linux: [{ path: "/base/content" }] }] };
  await fill(url, NAMED_FILES_PATH, tags, { ...EXTENSION_METADATA, host });
}

async function fill(url: string, path: string, tags: number, metadata: object): Promise<void> {
  const layers = new Map(
    ["amd64", "arm64"].map((architecture) => [architecture, layersOf(architecture, metadata)]),
  );
  for (let patch = 0; patch < tags; patch += 1) {
    const labels = { ...EXTENSION_LABELS, "org.opencontainers.image.revision": `${patch}` };
    const manifests = [...layers].map(([architecture, own]) =>
      imageManifest({ platform: { os: "linux", architecture }, labels, layers: own }),
    );
    await pushImage({ url }, path, `1.0.${patch}`, imageIndex(manifests));
  }
}

/** From the lowest: 8 MiB, 2 MiB and 700 KiB of programs, the small one, and 1 MiB and 200 KiB of pages above it. */
export function layersOf(architecture: string, document: object = EXTENSION_METADATA): BuiltLayer[] {
  const metadata = layer([
    { path: "metadata.json", content: JSON.stringify(document) },
    { path: "disk-lens.svg", content: EXTENSION_ICON },
  ]);
  const noisy = (folder: string, bytes: number, files: TarEntry[] = []) =>
    layer([
      { path: `${folder}/`, type: "directory", mode: 0o755 },
      ...files,
      { path: `${folder}/content`, content: noise(`${folder} ${architecture}`, bytes), mode: 0o755 },
    ]);
  return [
    noisy("base", 8 * MEBIBYTE),
    noisy("app", 2 * MEBIBYTE),
    noisy("lib", 0.7 * MEBIBYTE),
    metadata,
    noisy("ui", MEBIBYTE, [{ path: "ui/index.html", content: "<!doctype html>" }]),
    noisy("docs", 0.2 * MEBIBYTE),
  ];
}

/** Bytes that do not compress, the same in every run. */
function noise(seed: string, bytes: number): Buffer {
  const key = Buffer.alloc(16, seed);
  return createCipheriv("aes-128-ctr", key, Buffer.alloc(16)).update(Buffer.alloc(Math.floor(bytes)));
}
