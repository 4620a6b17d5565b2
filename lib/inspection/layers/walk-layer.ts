import { createHash, type Hash } from "node:crypto";
import { BufferedReader } from "@/lib/archive/buffered-reader";
import type { LayerBudget } from "@/lib/archive/layer-budget";
import { decompress } from "@/lib/archive/layer-compression";
import { type LayerProblem, LayerProblemError } from "@/lib/archive/layer-problem";
import type { TarEntry } from "@/lib/archive/tar-entry";
import { readTar } from "@/lib/archive/tar-reader";
import type { LayerDirectory } from "@/lib/inspection/layers/layer-directory";
import { LayerDirectoryBuilder } from "@/lib/inspection/layers/layer-directory-builder";

/**
 * `archiveDigest`: the SHA-256 of the whole uncompressed archive, as in the `diff_ids` of configs. `bodies`: the kept
 * contents, by the ordinal of their entry.
 */
export type ReadLayer = {
  kind: "read";
  archiveDigest: string;
  directory: LayerDirectory;
  bodies: ReadonlyMap<number, Uint8Array>;
};

export type LayerWalk = ReadLayer | LayerProblem;

export type WalkOptions = {
  /** The compressed bytes. Must throw at the end if they do not match the layer's digest. */
  source: AsyncIterable<Uint8Array>;
  budget: LayerBudget;
  /** Selects the files whose contents to keep (never more than `ARCHIVE_LIMITS.keptFileBytes` of one). */
  wanted: (entry: TarEntry) => boolean;
};

/**
 * Reads a layer to its last byte and lists its content. Reports `malformed` only after all bytes have arrived and
 * match the digest, so that the publisher is never blamed for a broken transfer; that throws what `source` throws.
 * Other problems stop the transfer. This is CPU-bound, so the server runs it in worker threads: see `LayerThreads`.
 */
export async function walkLayer(options: WalkOptions): Promise<LayerWalk> {
  const source = options.source[Symbol.asyncIterator]();
  try {
    return await options.budget.timed(() => readArchive(source, options));
  } catch (error) {
    if (!(error instanceof LayerProblemError)) throw error;
    if (error.problem.kind === "malformed") await drain(source);
    return error.problem;
  } finally {
    await source.return?.();
  }
}

async function readArchive(source: AsyncIterator<Uint8Array>, options: WalkOptions): Promise<LayerWalk> {
  const builder = new LayerDirectoryBuilder(options.budget);
  const bodies = new Map<number, Uint8Array>();
  const hash = createHash("sha256");
  const archive = metered(decompress(source), options.budget, hash);
  try {
    for await (const entry of readTar(new BufferedReader(archive), options)) {
      builder.add(entry);
      if (entry.body !== undefined) bodies.set(entry.ordinal, entry.body);
    }
  } finally {
    await archive.return(undefined);
  }
  return { kind: "read", archiveDigest: `sha256:${hash.digest("hex")}`, directory: builder.finish(), bodies };
}

async function* metered(
  chunks: AsyncIterable<Uint8Array>,
  budget: LayerBudget,
  hash: Hash,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    budget.spendInflated(chunk.length);
    hash.update(chunk);
    yield chunk;
  }
}

async function drain(source: AsyncIterator<Uint8Array>): Promise<void> {
  while ((await source.next()).done !== true);
}
