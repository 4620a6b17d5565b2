import type { BuiltImage } from "@/scripts/demo/image/image";
import type { HostileRegistry } from "@/tests/support/registries/hostile-registry";

/** Every part of the image as a correct registry answers it, for the repository `path` (`acme/disk-lens`). */
export function serveImage(registry: HostileRegistry, path: string, image: BuiltImage, tag = "1.0.0"): void {
  const base = `/v2/${path}`;
  for (const { digest, bytes } of image.blobs) {
    registry.on(`${base}/blobs/${digest}`, { headers: { "content-length": bytes.length }, body: bytes });
  }
  for (const manifest of [...image.manifests, image.root]) {
    const answer = { headers: { "content-type": manifest.mediaType }, body: manifest.bytes };
    registry.on(`${base}/manifests/${manifest.digest}`, answer);
    if (manifest === image.root) registry.on(`${base}/manifests/${tag}`, answer);
  }
}
