/**
 * The content of the registry. Everything is in memory; with a folder it is also written there, and loaded at
 * startup.
 */

import { openArchive, type Repository } from "@/scripts/demo/registry/archive";
import { RegistryError } from "@/scripts/demo/registry/errors";
import type { RegistryLimits } from "@/scripts/demo/registry/limits";

export type StoredManifest = { mediaType: string; digest: string; bytes: Buffer };

export type Store = {
  has(name: string): boolean;
  blob(name: string, digest: string): Buffer | undefined;
  putBlob(name: string, digest: string, bytes: Buffer): void;
  /** Mounts a blob from another repository; false when that one does not have it. */
  mountBlob(name: string, from: string, digest: string): boolean;
  deleteBlob(name: string, digest: string): boolean;
  /** Finds a manifest by tag or digest. */
  manifest(name: string, reference: string): StoredManifest | undefined;
  putManifest(name: string, manifest: StoredManifest, tag: string | undefined): void;
  /** Deletes a tag, or a manifest with all its tags. */
  deleteManifest(name: string, reference: string): boolean;
  /** All manifests of a repository; empty when it does not exist. */
  manifests(name: string): StoredManifest[];
  /** In lexical order. */
  tags(name: string): string[];
};

export function openStore(folder: string | undefined, limits: Pick<RegistryLimits, "totalBytes">): Store {
  const archive = openArchive(folder);
  const { repositories, bytes } = archive.content;
  let totalBytes = [...bytes.values()].reduce((sum, each) => sum + each.length, 0);

  function repository(name: string): Repository {
    const known = repositories.get(name);
    if (known !== undefined) return known;
    const fresh: Repository = { manifests: new Map(), blobs: new Set(), tags: new Map() };
    repositories.set(name, fresh);
    return fresh;
  }

  function keep(digest: string, content: Buffer): void {
    if (bytes.has(digest)) return;
    if (totalBytes + content.length > limits.totalBytes) {
      throw new RegistryError("DENIED", "the registry is full", 507);
    }
    totalBytes += content.length;
    bytes.set(digest, content);
    archive.writeBytes(digest, content);
  }

  function digestFor(name: string, reference: string): string | undefined {
    return reference.includes(":") ? reference : repositories.get(name)?.tags.get(reference);
  }

  function manifestOf(name: string, digest: string): StoredManifest | undefined {
    const mediaType = repositories.get(name)?.manifests.get(digest);
    const content = bytes.get(digest);
    return mediaType === undefined || content === undefined
      ? undefined
      : { digest, mediaType, bytes: content };
  }

  return {
    has: (name) => repositories.has(name),
    blob: (name, digest) => (repositories.get(name)?.blobs.has(digest) ? bytes.get(digest) : undefined),
    putBlob(name, digest, content) {
      keep(digest, content);
      repository(name).blobs.add(digest);
      archive.writeIndex();
    },
    mountBlob(name, from, digest) {
      if (!repositories.get(from)?.blobs.has(digest)) return false;
      repository(name).blobs.add(digest);
      archive.writeIndex();
      return true;
    },
    deleteBlob(name, digest) {
      const deleted = repositories.get(name)?.blobs.delete(digest) ?? false;
      if (deleted) archive.writeIndex();
      return deleted;
    },
    manifest(name, reference) {
      const digest = digestFor(name, reference);
      return digest === undefined ? undefined : manifestOf(name, digest);
    },
    manifests: (name) =>
      [...(repositories.get(name)?.manifests.keys() ?? [])].flatMap(
        (digest) => manifestOf(name, digest) ?? [],
      ),
    putManifest(name, manifest, tag) {
      keep(manifest.digest, manifest.bytes);
      repository(name).manifests.set(manifest.digest, manifest.mediaType);
      if (tag !== undefined) repository(name).tags.set(tag, manifest.digest);
      archive.writeIndex();
    },
    deleteManifest(name, reference) {
      const held = repositories.get(name);
      const deleted = held === undefined ? false : deleteFrom(held, reference);
      if (deleted) archive.writeIndex();
      return deleted;
    },
    tags: (name) => [...(repositories.get(name)?.tags.keys() ?? [])].sort(),
  };
}

function deleteFrom({ manifests, tags }: Repository, reference: string): boolean {
  if (!reference.includes(":")) return tags.delete(reference);
  for (const [tag, digest] of tags) if (digest === reference) tags.delete(tag);
  return manifests.delete(reference);
}
