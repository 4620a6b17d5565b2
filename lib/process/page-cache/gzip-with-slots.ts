/**
 * A gzip stream (RFC 1952) with slots. The text between slots is compressed once; the slots are stored blocks (RFC
 * 1951, section 3.2.4), so that filling them costs a copy and a checksum. Several gzip members would be simpler, but
 * Chromium stops after the first.
 */

import { constants, crc32, deflateRawSync } from "node:zlib";
import { fillSlots, joinWithSlots, type SlottedBytes } from "@/lib/process/page-cache/template-slots";

/** Deflate, no flags, no timestamp, unknown operating system. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
/** The final block: empty, with fixed codes. */
const END = Buffer.from([0x03, 0x00]);
const TRAILER_BYTES = 8;
const WINDOW_BYTES = 32_768;
const LEVEL = 9;

/** `parts` are UTF-8. The trailer stays zero until `fillGzipSlots`. */
export function gzipWithSlots(parts: readonly Buffer[], slotBytes: number): SlottedBytes {
  const opening = storedBlockOpening(slotBytes);
  const compressed = compressEach(parts, slotBytes).map((part, index, all) =>
    index < all.length - 1 ? Buffer.concat([part, opening]) : part,
  );
  const last = compressed.length - 1;
  return joinWithSlots(
    compressed.map((part, index) =>
      Buffer.concat([
        ...(index === 0 ? [HEADER] : []),
        part,
        ...(index === last ? [END, Buffer.alloc(TRAILER_BYTES)] : []),
      ]),
    ),
    slotBytes,
  );
}

/** `plain`: the same parts uncompressed, with the same slots. */
export function fillGzipSlots(gzip: SlottedBytes, plain: SlottedBytes, text: string): Buffer {
  const bytes = fillSlots(gzip, text);
  bytes.writeUInt32LE(checksum(plain, text), bytes.byteLength - TRAILER_BYTES);
  bytes.writeUInt32LE(plain.bytes.byteLength, bytes.byteLength - TRAILER_BYTES / 2);
  return bytes;
}

/** The CRC-32 of the filled plain bytes, without assembling them. */
function checksum({ bytes, offsets }: SlottedBytes, text: string): number {
  let sum = 0;
  let from = 0;
  for (const offset of offsets) {
    sum = crc32(text, crc32(bytes.subarray(from, offset), sum));
    from = offset + text.length;
  }
  return crc32(bytes.subarray(from), sum);
}

/**
 * Each part can refer back to earlier parts. The compressor sees slots as bytes that UTF-8 never contains, so that no
 * back-reference points into one, because its content is not known yet.
 */
function compressEach(parts: readonly Buffer[], slotBytes: number): Buffer[] {
  const unknown = Buffer.alloc(slotBytes, 0xff);
  let seen = Buffer.alloc(0);
  return parts.map((part) => {
    const dictionary = seen.byteLength > 0 ? { dictionary: seen } : {};
    seen = Buffer.concat([seen, part, unknown]).subarray(-WINDOW_BYTES);
    return deflateRawSync(part, { level: LEVEL, finishFlush: constants.Z_SYNC_FLUSH, ...dictionary });
  });
}

/** Starts at a byte boundary, because the previous block was flushed. */
function storedBlockOpening(sizeBytes: number): Buffer {
  const opening = Buffer.alloc(5);
  opening.writeUInt16LE(sizeBytes, 1);
  opening.writeUInt16LE(sizeBytes ^ 0xffff, 3);
  return opening;
}
