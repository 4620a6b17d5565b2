import { pipeline, Readable, type Transform } from "node:stream";
import zlib from "node:zlib";
import { Decompress } from "fzstd";
import { ARCHIVE_LIMITS } from "@/lib/archive/archive-limits";
import { BufferedReader } from "@/lib/archive/buffered-reader";
import { type LayerProblemError, malformed, overLimit } from "@/lib/archive/layer-problem";
import { nextZstdFrame, type ZstdFrame } from "@/lib/archive/zstd-frame";

/** Decompresses one frame, given in parts. */
export type InflateFrame = (parts: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/**
 * Decompresses a zstd stream of any number of frames (RFC 8878). Throws a `LayerProblemError`: `malformed`, or
 * `over_limit` for content beyond the allowed window in a frame with a larger one. Only Node's decoder verifies
 * content checksums; the layer's own digest covers the compressed bytes.
 */
export async function* inflateZstd(
  source: AsyncIterable<Uint8Array>,
  inflateFrame: InflateFrame = nativeFrames() ?? inflateWithFzstd,
): AsyncGenerator<Uint8Array> {
  const feed = new BufferedReader(source);
  for (;;) {
    const frame = await nextZstdFrame(feed);
    if (frame === undefined) return;
    yield* contentOf(frame, inflateFrame);
  }
}

async function* contentOf(
  { contentBytes, windowBytes, parts }: ZstdFrame,
  inflateFrame: InflateFrame,
): AsyncGenerator<Uint8Array> {
  const limitBytes = ARCHIVE_LIMITS.zstdWindowBytes;
  let inflatedBytes = 0;
  try {
    for await (const chunk of inflateFrame(parts)) {
      inflatedBytes += chunk.length;
      if (inflatedBytes > limitBytes && windowBytes > limitBytes) throw tooLarge(windowBytes);
      if (inflatedBytes > (contentBytes ?? Number.POSITIVE_INFINITY)) break;
      yield chunk;
    }
  } catch (error) {
    throw isDecoderError(error) ? broken(error) : error;
  }
  if (contentBytes !== undefined && inflatedBytes !== contentBytes) {
    throw malformed("its zstd stream does not have the declared length");
  }
}

/** For Node.js versions without a zstd decoder (before 22.15). */
export async function* inflateWithFzstd(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const inflated: Uint8Array[] = [];
  const decoder = new Decompress((chunk) => inflated.push(chunk));
  for await (const part of parts) {
    push(decoder, part, false);
    yield* inflated.splice(0);
  }
  push(decoder, new Uint8Array(0), true);
  yield* inflated;
}

/** Any error is caused by the data: the decoder has no other input. */
function push(decoder: Decompress, part: Uint8Array, isLast: boolean): void {
  try {
    decoder.push(part, isLast);
  } catch (cause) {
    throw new FzstdError(cause instanceof Error ? cause.message : "unknown error", { cause });
  }
}

class FzstdError extends Error {}

/** Node's own decoder, if present. */
export function nativeFrames(): InflateFrame | undefined {
  const create = nativeDecoder();
  if (create === undefined) return undefined;
  return async function* (parts) {
    const stream = create({ chunkSize: 64 * 1024, params: { [WINDOW_LOG_MAX]: WINDOW_LOG } });
    // Errors reach the loop below through `stream`; the callback only prevents an unhandled error.
    pipeline(Readable.from(parts), stream, () => {});
    for await (const chunk of stream) yield chunk;
  };
}

/** `ZSTD_d_windowLogMax` of zstd's own API. */
const WINDOW_LOG_MAX = 100;
const WINDOW_LOG = Math.log2(ARCHIVE_LIMITS.zstdWindowBytes);

type CreateDecoder = (options: { chunkSize: number; params: Record<number, number> }) => Transform;

/**
 * `zlib.createZstdDecompress` as documented for Node 22.15; the installed types are those of Node 20, which lacks it.
 */
function nativeDecoder(): CreateDecoder | undefined {
  const create: unknown = Reflect.get(zlib, "createZstdDecompress");
  return typeof create === "function" ? (create as CreateDecoder) : undefined;
}

function isDecoderError(error: unknown): boolean {
  if (error instanceof FzstdError) return true;
  return error instanceof Error && "code" in error && String(error.code).startsWith("ZSTD_");
}

/** Throws here, because a decoder with a smaller window would return wrong bytes instead of failing. */
function tooLarge(windowBytes: number): LayerProblemError {
  const limitBytes = ARCHIVE_LIMITS.zstdWindowBytes;
  return overLimit(`its zstd stream needs a window of ${windowBytes} bytes; the limit is ${limitBytes}`);
}

function broken(error: unknown): LayerProblemError {
  return malformed(
    `its zstd stream is corrupt (${error instanceof Error ? error.message : "unknown error"})`,
  );
}
