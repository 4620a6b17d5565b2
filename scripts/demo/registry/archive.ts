/** Persists the store on disk: `blobs/<hex>` for all content, and `index.json` with names, tags and types. */

import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

/** One repository: digest → media type of its manifests, its blobs, tag → digest. */
export type Repository = { manifests: Map<string, string>; blobs: Set<string>; tags: Map<string, string> };

export type Content = { repositories: Map<string, Repository>; bytes: Map<string, Buffer> };

export type Archive = {
  /** The content read at startup; the store updates it in place. */
  content: Content;
  writeBytes(digest: string, bytes: Buffer): void;
  writeIndex(): void;
};

type StoredRepository = { manifests: [string, string][]; blobs: string[]; tags: [string, string][] };

/** Without a folder it reads and writes nothing. */
export function openArchive(folder: string | undefined): Archive {
  if (folder === undefined) {
    return {
      content: { repositories: new Map(), bytes: new Map() },
      writeBytes: () => undefined,
      writeIndex: () => undefined,
    };
  }
  const blobs = path.join(folder, "blobs");
  mkdirSync(blobs, { recursive: true });
  const content = { repositories: readIndex(folder), bytes: readBlobs(blobs) };
  return {
    content,
    writeBytes: (digest, bytes) => replaceFile(path.join(blobs, hexOf(digest)), bytes),
    writeIndex: () => replaceFile(indexOf(folder), indexText(content.repositories)),
  };
}

function readBlobs(folder: string): Map<string, Buffer> {
  const names = readdirSync(folder).filter((name) => /^[0-9a-f]{64}$/.test(name));
  return new Map(names.map((hex) => [`sha256:${hex}`, readFileSync(path.join(folder, hex))]));
}

function readIndex(folder: string): Map<string, Repository> {
  let text: string;
  try {
    text = readFileSync(indexOf(folder), "utf8");
  } catch {
    return new Map();
  }
  const stored: Record<string, StoredRepository> = JSON.parse(text);
  return new Map(
    Object.entries(stored).map(([name, { manifests, blobs, tags }]) => [
      name,
      { manifests: new Map(manifests), blobs: new Set(blobs), tags: new Map(tags) },
    ]),
  );
}

function indexText(repositories: Map<string, Repository>): string {
  const entries = [...repositories].map(([name, { manifests, blobs, tags }]) => [
    name,
    { manifests: [...manifests], blobs: [...blobs], tags: [...tags] },
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}

/** Atomic: a copy truncated by Ctrl-C would be worse than an old one. */
function replaceFile(file: string, content: Buffer | string): void {
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}

function indexOf(folder: string): string {
  return path.join(folder, "index.json");
}

function hexOf(digest: string): string {
  return digest.slice("sha256:".length);
}
