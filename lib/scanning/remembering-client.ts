/**
 * A caching registry client for one scan (LRU by bytes, single-flight). Manifests and configs are verified by their
 * digests, so those that tags, platforms or versions share are fetched once.
 */

import { isDigest } from "@/lib/extension/reference/digest";
import type { Repository } from "@/lib/extension/reference/repository";
import { lruCache } from "@/lib/platform/lru-cache";
import { SingleFlight } from "@/lib/platform/single-flight";
import type { MeteredRegistryClient, RegistryClient } from "@/lib/registry/client";
import type { FetchedManifest } from "@/lib/registry/requests/manifest";

/** For manifests, and the same again for configs. */
const REMEMBERED_BYTES_MAX = 32 * 1024 * 1024;

type Kept = FetchedManifest | Uint8Array;

/** `client` with a cache of its own, which clients derived from it share. Errors are not cached. */
export function rememberingClient(client: MeteredRegistryClient): MeteredRegistryClient {
  const memory = { manifests: createMemory<FetchedManifest>(), blobs: createMemory<Uint8Array>() };
  return { ...remembering(client, memory), cost: client.cost };
}

type Memory<Value extends Kept> = {
  once(key: string, fetch: () => Promise<Value>): Promise<Value>;
  keep(key: string, value: Value): void;
};

type Memories = { manifests: Memory<FetchedManifest>; blobs: Memory<Uint8Array> };

function remembering(client: RegistryClient, memory: Memories): RegistryClient {
  return {
    ...client,
    async manifest(repository, tagOrDigest, options) {
      const fetch = () => client.manifest(repository, tagOrDigest, options);
      if (isDigest(tagOrDigest)) return memory.manifests.once(keyOf(repository, tagOrDigest), fetch);
      const fetched = await fetch();
      memory.manifests.keep(keyOf(repository, fetched.digest), fetched);
      return fetched;
    },
    blob(repository, descriptor, options) {
      const key = `${keyOf(repository, descriptor.digest)} ${descriptor.sizeBytes}`;
      return memory.blobs.once(key, () => client.blob(repository, descriptor, options));
    },
    prioritized: (priority) => remembering(client.prioritized(priority), memory),
    metered() {
      const metered = client.metered();
      return { ...remembering(metered, memory), cost: metered.cost };
    },
  };
}

function keyOf(repository: Repository, digest: string): string {
  return `${repository}@${digest}`;
}

function createMemory<Value extends Kept>(): Memory<Value> {
  const kept = lruCache<string, Value>({ maxSize: REMEMBERED_BYTES_MAX, sizeOf });
  const flights = new SingleFlight<string, Value>();

  async function fetchAndKeep(key: string, fetch: () => Promise<Value>): Promise<Value> {
    const value = await fetch();
    kept.set(key, value);
    return value;
  }

  return {
    keep(key, value) {
      if (!kept.has(key)) kept.set(key, value);
    },
    async once(key, fetch) {
      const known = kept.get(key);
      if (known !== undefined) return known;
      // The request in flight can fail because of another caller's deadline: then this caller sends its own.
      const running = flights.running(key);
      return running === undefined ? flights.run(key, () => fetchAndKeep(key, fetch)) : running.catch(fetch);
    },
  };
}

function sizeOf(value: Kept): number {
  return value instanceof Uint8Array ? value.length : value.bytes.length;
}
