import { malformed } from "@/lib/inspection/layers/layer-problem";

export const BLOCK_BYTES = 512;

/** One header block as written, before extended headers are applied. */
export type TarHeader = { name: string; linkName: string; typeFlag: string; sizeBytes: number };

const UTF8 = new TextDecoder("utf-8");

/**
 * Reads a header block (POSIX ustar, GNU or V7) as strictly as Go's archive/tar, the reader under all image
 * unpackers. Throws a `LayerProblemError` for a wrong checksum or an unreadable number.
 */
export function parseTarHeader(block: Uint8Array): TarHeader {
  if (!checksumMatches(block)) throw malformed("an archive header has a wrong checksum");
  return {
    name: prefixOf(block) + text(block, 0, 100),
    linkName: text(block, 157, 100),
    typeFlag: String.fromCharCode(block[156] ?? 0),
    sizeBytes: number(block, 124, 12),
  };
}

export function isZeroBlock(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

/** Text up to the first NUL. */
export function text(bytes: Uint8Array, offset: number, length: number): string {
  const field = bytes.subarray(offset, offset + length);
  const end = field.indexOf(0);
  return UTF8.decode(end === -1 ? field : field.subarray(0, end));
}

/** Only POSIX ustar has a name prefix; in GNU headers other things stand in its place. */
function prefixOf(block: Uint8Array): string {
  if (text(block, 257, 6) !== "ustar" || block[262] !== 0) return "";
  const isStar = text(block, 508, 4) === "tar";
  const prefix = text(block, 345, isStar ? 131 : 155);
  return prefix === "" ? "" : `${prefix}/`;
}

/** Some old writers summed signed bytes; both sums are accepted, as everywhere. */
function checksumMatches(block: Uint8Array): boolean {
  const expected = number(block, 148, 8);
  let unsigned = 0;
  let signed = 0;
  for (let at = 0; at < BLOCK_BYTES; at++) {
    const byte = at >= 148 && at < 156 ? 32 : (block[at] ?? 0);
    unsigned += byte;
    signed += byte < 128 ? byte : byte - 256;
  }
  return expected === unsigned || expected === signed;
}

/** An octal number, or base 256 where the first bit is set. */
function number(block: Uint8Array, offset: number, length: number): number {
  const first = block[offset] ?? 0;
  return first >= 0x80 ? base256(block.subarray(offset, offset + length)) : octal(block, offset, length);
}

function octal(block: Uint8Array, offset: number, length: number): number {
  const digits = trimNulsAndSpaces(block.subarray(offset, offset + length));
  const read = text(digits, 0, digits.length);
  if (read === "") return 0;
  if (!/^[0-7]+$/.test(read)) throw malformed("an archive header holds an unreadable number");
  return Number.parseInt(read, 8);
}

function base256(field: Uint8Array): number {
  let value = (field[0] ?? 0) & 0x7f;
  if (value >= 0x40) throw malformed("an archive header holds a negative number");
  for (const byte of field.subarray(1)) value = value * 256 + byte;
  if (!Number.isSafeInteger(value)) throw malformed("an archive header holds a number that is too large");
  return value;
}

function trimNulsAndSpaces(field: Uint8Array): Uint8Array {
  const blank = (byte: number | undefined) => byte === 0 || byte === 32;
  let start = 0;
  let end = field.length;
  while (start < end && blank(field[start])) start++;
  while (end > start && blank(field[end - 1])) end--;
  return field.subarray(start, end);
}
