import type { Digest } from "@/lib/extension/reference/digest";
import type { Repository } from "@/lib/extension/reference/repository";
import type { LayerRef } from "@/lib/inspection/layers/layer-reader";
import type { InspectionLimits } from "@/lib/inspection/limits";
import { AppError, hasCode } from "@/lib/platform/errors";
import type { Priority } from "@/lib/platform/priority-semaphore";
import type { Turn } from "@/lib/platform/workers/worker-pool";
import type { RegistryClient } from "@/lib/registry/client";
import type { BlobDescriptor } from "@/lib/registry/oci/descriptor";
import type { Artifact } from "@/lib/registry/requests/artifact";
import type { FetchedManifest } from "@/lib/registry/requests/manifest";

/**
 * One image on its registry; fetches each digest once. All methods throw what the registry client throws. The
 * exception is a part that the image lists but the registry lacks, which is `registry_error` with `details.missing`,
 * because the reference itself exists.
 */
export type ImageSource = {
  /** Priority for the worker threads that parse the parts. */
  turn: Turn;
  /** The manifest behind the reference; fetched once. */
  root(): Promise<FetchedManifest>;
  /**
   * This and `config` throw `limit_exceeded` (see `isBeyondTheImage`) when all of them together exceed the limit in
   * bytes.
   */
  manifest(digest: Digest): Promise<FetchedManifest>;
  config(descriptor: BlobDescriptor): Promise<Uint8Array>;
  /** A manifest that need not be an image, such as an attestation. Not cached. */
  artifact(digest: Digest): Promise<Artifact>;
  /** Not cached: the layer reader keeps what it has read. `sooner` can abort it before the whole inspection ends. */
  layer(layer: LayerRef, sooner?: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
};

export type ImageSourceOptions = {
  client: RegistryClient;
  repository: Repository;
  /** A tag or a digest. */
  reference: string;
  signal: AbortSignal;
  priority?: Priority | undefined;
  limits: Pick<InspectionLimits, "configBytes" | "manifestBytes">;
};

export function createImageSource({
  client,
  repository,
  reference,
  signal,
  priority,
  limits,
}: ImageSourceOptions): ImageSource {
  let configBytes = 0;
  let manifestBytes = 0;
  const manifests = new Map<string, Promise<FetchedManifest>>();
  const configs = new Map<string, Promise<Uint8Array>>();
  const fetchManifest = async (tagOrDigest: string) => {
    if (manifestBytes > limits.manifestBytes) throw tooManyBytes("manifests", limits.manifestBytes);
    const fetched = await client.manifest(repository, tagOrDigest, { signal });
    manifestBytes += fetched.bytes.byteLength;
    return fetched;
  };
  return {
    turn: { priority, signal },
    async root() {
      const fetched = fetchManifest(reference);
      const { digest } = await fetched;
      manifests.set(digest, fetched);
      return fetched;
    },
    manifest: (digest) => once(manifests, digest, () => part(digest, () => fetchManifest(digest))),
    config: (descriptor) =>
      once(configs, descriptor.digest, async () => {
        configBytes += descriptor.sizeBytes;
        if (configBytes > limits.configBytes) throw tooManyBytes("configs", limits.configBytes);
        const bytes = await part(descriptor.digest, () => client.blob(repository, descriptor, { signal }));
        // The manifest can declare a smaller size.
        configBytes += Math.max(bytes.length - descriptor.sizeBytes, 0);
        return bytes;
      }),
    artifact: (digest) => part(digest, () => client.artifact(repository, digest, { signal })),
    layer: (layer, sooner) => {
      const ends = sooner === undefined ? signal : AbortSignal.any([signal, sooner]);
      return part(layer.digest, () => client.openBlob(repository, layer, { signal: ends }));
    },
  };
}

/** Whether the error is about a part that the image lists and the registry lacks. */
export function isMissingPart(error: unknown): boolean {
  return hasCode(error, "registry_error") && error.details?.missing !== undefined;
}

/** Whether the whole image, and not one platform, exceeds a limit. */
export function isBeyondTheImage(error: unknown): boolean {
  return hasCode(error, "limit_exceeded") && error.details?.together === true;
}

function tooManyBytes(what: "configs" | "manifests", limitBytes: number): AppError {
  return new AppError(
    "limit_exceeded",
    `The ${what} of this image's platforms exceed ${limitBytes} bytes in total.`,
    {
      suggestion: "Build for linux/amd64 and linux/arm64 only, and shorten labels and annotations.",
      details: { together: true, limitBytes },
    },
  );
}

async function part<Value>(digest: Digest, fetch: () => Promise<Value>): Promise<Value> {
  try {
    return await fetch();
  } catch (error) {
    if (!hasCode(error, "reference_not_found")) throw error;
    throw new AppError(
      "registry_error",
      `The registry does not have ${digest}, although the image refers to it.`,
      {
        suggestion: "The push may be incomplete. If this persists, push the image again.",
        retryable: true,
        details: { missing: digest },
        cause: error,
      },
    );
  }
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
