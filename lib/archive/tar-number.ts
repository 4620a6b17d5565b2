import { malformed } from "@/lib/archive/layer-problem";

const SPACE = 32;
const ZERO = 48;

/**
 * Parses a number of a header block: octal, or base 256 if the first bit is set (two's complement, big-endian, within
 * int64). Throws a `LayerProblemError` where Go's archive/tar returns an error. Numbers beyond 2^53 lose precision.
 */
export function parseNumeric(field: Uint8Array): number {
  return ((field[0] ?? 0) & 0x80) === 0 ? parseOctal(field) : parseBase256(field);
}

/** Octal digits between blanks and NULs; 0 if there are none. Throws as `parseNumeric` does. */
export function parseOctal(field: Uint8Array): number {
  let start = 0;
  let end = field.length;
  while (start < end && isBlank(field[start])) start++;
  while (end > start && isBlank(field[end - 1])) end--;
  let value = 0;
  for (const byte of field.subarray(start, end)) {
    if (byte === 0) break;
    if (byte < ZERO || byte > ZERO + 7) throw malformed("an archive header has an invalid number");
    value = value * 8 + (byte - ZERO);
  }
  return value;
}

/** Parses what Go's ParseInt accepts: a signed decimal number within int64; undefined for anything else. */
export function parseDecimal(text: string): number | undefined {
  const [, sign, digits] = /^([+-]?)0*([0-9]{1,19})$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const value = sign === "-" ? -BigInt(digits) : BigInt(digits);
  return BigInt.asIntN(64, value) === value ? Number(value) : undefined;
}

function parseBase256(field: Uint8Array): number {
  const inverted = ((field[0] ?? 0) & 0x40) === 0 ? 0 : 0xff;
  let value = 0n;
  for (const [at, byte] of field.entries()) {
    value = (value << 8n) | BigInt((byte ^ inverted) & (at === 0 ? 0x7f : 0xff));
  }
  if (value >> 63n !== 0n) throw malformed("an archive header has a number that is too large");
  return Number(inverted === 0 ? value : -value - 1n);
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0 || byte === SPACE;
}
