import type { Digest } from "@/lib/extension/reference/digest";
import type { Repository } from "@/lib/extension/reference/repository";
import type { LayerRef } from "@/lib/inspection/layers/layer-reader";
import type { InspectionLimits } from "@/lib/inspection/limits";
import { AppError, hasCode } from "@/lib/platform/errors";
import type { Priority } from "@/lib/platform/priority-semaphore";
import type { Turn } from "@/lib/platform/workers/worker-pool";
import type { RegistryClient } from "@/lib/registry/client";
import type { BlobDescriptor } from "@/lib/registry/oci/descriptor";
import type { FetchedManifest } from "@/lib/registry/requests/manifest";

/**
 * One image on its registry, each digest fetched once. All methods throw what the registry client throws, except that
 * a part which the image lists and the registry lacks is `registry_error` with `details.missing`: the reference
 * itself is there.
 */
export type ImageSource = {
  /** Whose turn it is where parts of the image are read in threads. */
  turn: Turn;
  /** What the reference points at; asked for once. */
  root(): Promise<FetchedManifest>;
  /** This and `config` throw `limit_exceeded` (see `isBeyondTheImage`) when all of them have more bytes than the limit. */
  manifest(digest: Digest): Promise<FetchedManifest>;
  config(descriptor: BlobDescriptor): Promise<Uint8Array>;
  /** Not remembered: the layer reader knows what it has read. `sooner` may end it before the whole inspection ends. */
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
        return part(descriptor.digest, () => client.blob(repository, descriptor, { signal }));
      }),
    layer: (layer, sooner) => {
      const ends = sooner === undefined ? signal : AbortSignal.any([signal, sooner]);
      return part(layer.digest, () => client.openBlob(repository, layer, { signal: ends }));
    },
  };
}

/** True for the error about a part that the image lists and the registry lacks. */
export function isMissingPart(error: unknown): boolean {
  return hasCode(error, "registry_error") && error.details?.missing !== undefined;
}

/** True for the error by which not one platform but the whole image is beyond a limit. */
export function isBeyondTheImage(error: unknown): boolean {
  return hasCode(error, "limit_exceeded") && error.details?.together === true;
}

function tooManyBytes(what: "configs" | "manifests", limitBytes: number): AppError {
  return new AppError(
    "limit_exceeded",
    `The ${what} of this image's platforms have more than ${limitBytes} bytes together.`,
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
      `The registry does not have ${digest}, although the image lists it as a part.`,
      {
        suggestion: "Push the image again if this lasts; the push may be incomplete.",
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
