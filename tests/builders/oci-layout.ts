/** Images as OCI layouts (image-spec, image-layout.md): a folder of files, or a tar archive of them. */

import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { BuiltImage } from "@/scripts/demo/image/image";
import { descriptorOf } from "@/scripts/demo/image/piece";
import { tarOf } from "@/tests/builders/tar-bytes";

/** Content by path. */
export type LayoutContent = Record<string, string | Uint8Array>;

export function layoutContent(image: BuiltImage, annotations: Record<string, string> = {}): LayoutContent {
  return {
    "oci-layout": '{"imageLayoutVersion":"1.0.0"}',
    "index.json": indexJson([descriptorOf(image.root, { annotations })]),
    ...blobsOf(image),
  };
}

export function indexJson(manifests: unknown[]): string {
  return JSON.stringify({ schemaVersion: 2, manifests });
}

export function blobsOf(image: BuiltImage): LayoutContent {
  const pieces = [image.root, ...image.manifests, ...image.blobs];
  return Object.fromEntries(pieces.map(({ digest, bytes }) => [blobPath(digest), bytes]));
}

export function blobPath(digest: string): string {
  return `blobs/${digest.replace(":", "/")}`;
}

export function writeLayout(folder: string, content: LayoutContent): void {
  for (const [name, bytes] of Object.entries(content)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}

export function archiveOf(content: LayoutContent): Uint8Array {
  return tarOf(...Object.entries(content).map(([name, bytes]) => ({ name, content: bytes })));
}
