import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { type Compression, malformed, unsupported } from "@/lib/archive/layer-problem";
import { inflateZstd } from "@/lib/archive/zstd";
import { isSkippableMagic, isZstdMagic } from "@/lib/archive/zstd-frame";

const MAGIC: readonly (readonly [Compression, readonly number[]])[] = [
  ["gzip", [0x1f, 0x8b]],
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ["bzip2", [0x42, 0x5a, 0x68]],
];

const MAGIC_BYTES = 6;

/**
 * Decompresses a layer to its archive. Breaking out of the loop leaves `source` open. Throws a `LayerProblemError`:
 * `malformed` for a corrupt stream, `unsupported` for other compressions. Errors of `source` are thrown as they are.
 */
export async function* decompress(source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const start = await readStart(source);
  if (start.length === 0) throw malformed("it is empty");
  const compression = compressionOf(start);
  switch (compression) {
    case "none":
      return yield* chunksOf(start, source);
    case "gzip":
      return yield* gunzip(chunksOf(start, source));
    case "zstd":
      return yield* inflateZstd(chunksOf(start, source));
    case "xz":
    case "bzip2":
      throw unsupported(compression);
  }
}

function compressionOf(start: Uint8Array): Compression {
  if (isZstdMagic(start) || isSkippableMagic(start)) return "zstd";
  const match = MAGIC.find(([, magic]) => magic.every((byte, at) => start[at] === byte));
  return match === undefined ? "none" : match[0];
}

async function readStart(source: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let start: Uint8Array = new Uint8Array(0);
  while (start.length < MAGIC_BYTES) {
    const next = await source.next();
    if (next.done === true) break;
    start = start.length === 0 ? next.value : Buffer.concat([start, next.value]);
  }
  return start;
}

async function* chunksOf(start: Uint8Array, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield start;
  for (;;) {
    const next = await source.next();
    if (next.done === true) return;
    yield next.value;
  }
}

async function* gunzip(compressed: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let fedBytes = 0;
  const counted = async function* () {
    for await (const chunk of compressed) {
      fedBytes += chunk.length;
      yield chunk;
    }
  };
  const stream = createGunzip({ chunkSize: 64 * 1024 });
  // Errors reach the loop below through `stream`; the callback only prevents an unhandled error.
  pipeline(Readable.from(counted()), stream, () => {});
  try {
    for await (const chunk of stream) yield chunk;
  } catch (error) {
    throw isZlibError(error) ? malformed(`its gzip stream is corrupt (${error.message})`) : error;
  }
  if (stream.bytesWritten !== fedBytes) throw malformed("its gzip stream has trailing data");
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}
