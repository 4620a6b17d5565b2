import { ARCHIVE_LIMITS } from "@/lib/archive/archive-limits";
import type { BufferedReader } from "@/lib/archive/buffered-reader";
import { malformed } from "@/lib/archive/layer-problem";

/** A zstd frame (RFC 8878, section 3.1.1): its bytes, and the length of its content if declared. */
export type ZstdFrame = {
  contentBytes: number | undefined;
  /**
   * The window size. Decoders get at most `ARCHIVE_LIMITS.zstdWindowBytes`, which makes no difference for content of
   * that size.
   */
  windowBytes: number;
  /** Reads from the magic number to the checksum, block by block. Afterwards `feed` is positioned after the frame. */
  parts: AsyncGenerator<Uint8Array>;
};

const BLOCK_BYTES_MAX = 128 * 1024;
const RLE = 1;
const RESERVED = 3;

type Header = {
  bytes: Uint8Array;
  windowBytes: number;
  contentBytes: number | undefined;
  hasChecksum: boolean;
};

/**
 * Returns the next frame of a zstd stream and skips skippable ones; undefined at the end. Frames are split before any
 * decoder sees them, so that all decoders get the same frames and none allocates a larger window than allowed: some
 * builders declare far more than they use. Throws a `malformed` `LayerProblemError`.
 */
export async function nextZstdFrame(feed: BufferedReader): Promise<ZstdFrame | undefined> {
  for (;;) {
    const magic = await feed.take(4);
    if (magic.length === 0) return undefined;
    if (isZstdMagic(magic)) break;
    if (!isSkippableMagic(magic)) throw malformed("its zstd stream has trailing data");
    const sizeBytes = littleEndian(await exactly(feed, 4));
    if (!(await feed.skip(sizeBytes))) throw cutOff();
  }
  const header = await readHeader(feed);
  const { contentBytes, windowBytes } = header;
  return { contentBytes, windowBytes, parts: partsOf(feed, header) };
}

export function isZstdMagic(start: Uint8Array): boolean {
  return littleEndian(start.subarray(0, 4)) === 0xfd2fb528;
}

/** RFC 8878, section 3.1.2. */
export function isSkippableMagic(start: Uint8Array): boolean {
  const magic = littleEndian(start.subarray(0, 4));
  return magic >= 0x184d2a50 && magic <= 0x184d2a5f;
}

async function readHeader(feed: BufferedReader): Promise<Header> {
  const descriptor = littleEndian(await exactly(feed, 1));
  const isSingle = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const window = await exactly(feed, isSingle ? 0 : 1);
  const dictionary = await exactly(feed, [0, 1, 2, 4][descriptor & 3] ?? 0);
  const size = await exactly(feed, sizeFlag === 0 ? Number(isSingle) : 2 ** sizeFlag);
  if ((descriptor & 0x08) !== 0) throw malformed("its zstd stream uses a reserved bit");
  if (littleEndian(dictionary) !== 0) throw malformed("its zstd stream needs a dictionary");
  const contentBytes = size.length === 0 ? undefined : littleEndian(size) + (sizeFlag === 1 ? 256 : 0);
  const windowBytes = windowSize(window[0]) ?? contentBytes ?? 0;
  const isLarge = windowBytes > ARCHIVE_LIMITS.zstdWindowBytes;
  const head = isLarge ? [descriptor & ~0x20, LARGEST_WINDOW] : [descriptor, ...window];
  return {
    bytes: Buffer.concat([MAGIC, Uint8Array.from(head), dictionary, size]),
    windowBytes,
    contentBytes,
    hasChecksum: (descriptor & 0x04) !== 0,
  };
}

const MAGIC = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd);

/** `ARCHIVE_LIMITS.zstdWindowBytes` as a window descriptor. */
const LARGEST_WINDOW = (Math.log2(ARCHIVE_LIMITS.zstdWindowBytes) - 10) << 3;

function windowSize(descriptor: number | undefined): number | undefined {
  if (descriptor === undefined) return undefined;
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

async function* partsOf(feed: BufferedReader, header: Header): AsyncGenerator<Uint8Array> {
  yield header.bytes;
  const largest = Math.min(header.windowBytes, BLOCK_BYTES_MAX);
  for (let isLast = false; !isLast; ) {
    const head = await exactly(feed, 3);
    const bits = littleEndian(head);
    isLast = (bits & 1) === 1;
    const type = (bits >> 1) & 3;
    const sizeBytes = bits >> 3;
    if (type === RESERVED) throw malformed("its zstd stream contains a block of an unknown type");
    if (sizeBytes > largest) throw malformed("its zstd stream contains a block that is too long");
    yield Buffer.concat([head, await exactly(feed, type === RLE ? 1 : sizeBytes)]);
  }
  if (header.hasChecksum) yield await exactly(feed, 4);
}

async function exactly(feed: BufferedReader, sizeBytes: number): Promise<Uint8Array> {
  const bytes = await feed.take(sizeBytes);
  if (bytes.length < sizeBytes) throw cutOff();
  return bytes;
}

function cutOff(): Error {
  return malformed("its zstd stream is truncated");
}

/** At most 8 bytes. Beyond 2^53 it is approximate, which is far above every limit. */
function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}
