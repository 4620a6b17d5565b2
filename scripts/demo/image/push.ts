import type { BuiltImage } from "@/scripts/demo/image/image";
import type { Piece } from "@/scripts/demo/image/piece";

/** Pushes to a registry without credentials; returns the new digest of the tag. */
export async function pushImage(
  registryUrl: string,
  repository: string,
  tag: string,
  image: BuiltImage,
): Promise<string> {
  const base = `${registryUrl}/v2/${repository}`;
  for (const { digest, bytes } of image.blobs) {
    const known = await fetch(`${base}/blobs/${digest}`, { method: "HEAD" });
    if (known.status !== 200) await send("POST", `${base}/blobs/uploads/?digest=${digest}`, bytes);
  }
  for (const manifest of image.manifests) await putManifest(base, manifest.digest, manifest);
  await putManifest(base, tag, image.root);
  return image.root.digest;
}

function putManifest(base: string, reference: string, { mediaType, bytes }: Piece): Promise<void> {
  return send("PUT", `${base}/manifests/${reference}`, bytes, mediaType);
}

async function send(
  method: "POST" | "PUT",
  target: string,
  bytes: Buffer,
  contentType = "application/octet-stream",
): Promise<void> {
  const headers = { "content-type": contentType };
  const response = await fetch(target, { method, headers, body: new Uint8Array(bytes) });
  if (response.status === 201) return;
  throw new Error(`The push to ${target} returned ${response.status}: ${await response.text()}`);
}
