import type { Repository } from "@/lib/extension/repository";
import type { LayerRef } from "@/lib/inspection/layer-reader";
import type { RegistryClient } from "@/lib/registry/client";
import type { BlobDescriptor } from "@/lib/registry/descriptor";
import type { FetchedManifest } from "@/lib/registry/manifest";

/** One repository on its registry, each digest fetched once. All methods throw what the registry client throws. */
export type ImageSource = {
  manifest(tagOrDigest: string): Promise<FetchedManifest>;
  config(descriptor: BlobDescriptor): Promise<Uint8Array>;
  /** Not remembered: the layer reader knows what it has read. */
  layer(layer: LayerRef): Promise<AsyncIterable<Uint8Array>>;
};

export function createImageSource(
  client: RegistryClient,
  repository: Repository,
  signal: AbortSignal,
): ImageSource {
  const manifests = new Map<string, Promise<FetchedManifest>>();
  const configs = new Map<string, Promise<Uint8Array>>();
  return {
    async manifest(tagOrDigest) {
      const fetched = once(manifests, tagOrDigest, () =>
        client.manifest(repository, tagOrDigest, { signal }),
      );
      const { digest } = await fetched;
      manifests.set(digest, fetched);
      return fetched;
    },
    config: (descriptor) =>
      once(configs, descriptor.digest, () => client.blob(repository, descriptor, { signal })),
    layer: (layer) => client.openBlob(repository, layer, { signal }),
  };
}

function once<Value>(
  known: Map<string, Promise<Value>>,
  key: string,
  fetch: () => Promise<Value>,
): Promise<Value> {
  const before = known.get(key);
  if (before !== undefined) return before;
  const fetched = fetch();
  known.set(key, fetched);
  return fetched;
}
