import { malformed } from "@/lib/archive/layer-problem";
import { parseNumeric, parseOctal } from "@/lib/archive/tar-number";
import { fieldText } from "@/lib/archive/tar-text";

export const BLOCK_BYTES = 512;

/** One header block as written, before extended headers apply. Names have one character per byte. */
export type TarHeader = {
  name: string;
  linkName: string;
  typeFlag: string;
  sizeBytes: number;
  device: { major: number; minor: number };
  /** Whether readers disagree on the name's prefix. */
  hasDoubtfulPrefix: boolean;
};

type Format = "v7" | "ustar" | "star" | "gnu";
type Prefix = { prefix: string; doubtful: boolean };

const NO_PREFIX: Prefix = { prefix: "", doubtful: false };
const NUMBERS = { mode: [100, 8], uid: [108, 8], gid: [116, 8], modified: [136, 12] } as const;
const STAR_TIMES = { accessed: [476, 12], changed: [488, 12] } as const;

/**
 * Reads a header block as Go's archive/tar does, the reader in all image unpackers. Throws a `LayerProblemError`
 * where Go returns an error: for a wrong checksum, and for any invalid number, even an unused one.
 */
export function parseTarHeader(block: Uint8Array): TarHeader {
  if (!checksumMatches(block)) throw malformed("an archive header has a wrong checksum");
  const format = formatOf(block);
  for (const field of Object.values(NUMBERS)) number(block, field);
  const { prefix, doubtful } = prefixOf(block, format);
  return {
    name: (prefix === "" ? "" : `${prefix}/`) + fieldText(block, 0, 100),
    linkName: fieldText(block, 157, 100),
    typeFlag: String.fromCharCode(block[156] ?? 0),
    sizeBytes: number(block, [124, 12]),
    device:
      format === "v7"
        ? { major: 0, minor: 0 }
        : { major: number(block, [329, 8]), minor: number(block, [337, 8]) },
    hasDoubtfulPrefix: doubtful,
  };
}

export function isZeroBlock(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

function formatOf(block: Uint8Array): Format {
  const magic = fieldText(block, 257, 8);
  if (magic === "ustar  ") return "gnu";
  if (!magic.startsWith("ustar") || block[262] !== 0) return "v7";
  return fieldText(block, 508, 4) === "tar" && block[511] === 0 ? "star" : "ustar";
}

function prefixOf(block: Uint8Array, format: Format): Prefix {
  const prefix = fieldText(block, 345, 155);
  switch (format) {
    case "ustar":
      return { prefix, doubtful: false };
    case "star": {
      for (const field of Object.values(STAR_TIMES)) number(block, field);
      const short = fieldText(block, 345, 131);
      return { prefix: short, doubtful: short !== prefix };
    }
    case "gnu":
      return gnuPrefix(block, prefix);
    case "v7":
      // Other readers treat any magic with this prefix as ustar.
      return { prefix: "", doubtful: fieldText(block, 257, 5) === "ustar" && prefix !== "" };
  }
}

/**
 * GNU headers store times there. Old Go writers overwrote them with a prefix, so Go reads a prefix if the times are
 * invalid.
 */
function gnuPrefix(block: Uint8Array, prefix: string): Prefix {
  if (isTime(block, 345) && isTime(block, 357)) return NO_PREFIX;
  return /^[\0-\x7f]+$/.test(prefix) ? { prefix, doubtful: true } : NO_PREFIX;
}

function isTime(block: Uint8Array, offset: number): boolean {
  if (block[offset] === 0) return true;
  try {
    number(block, [offset, 12]);
    return true;
  } catch {
    return false;
  }
}

/** Some old writers summed signed bytes, so both sums are accepted. */
function checksumMatches(block: Uint8Array): boolean {
  const expected = parseOctal(block.subarray(148, 156));
  let unsigned = 0;
  let signed = 0;
  for (let at = 0; at < BLOCK_BYTES; at++) {
    const byte = at >= 148 && at < 156 ? 32 : (block[at] ?? 0);
    unsigned += byte;
    signed += byte < 128 ? byte : byte - 256;
  }
  return expected === unsigned || expected === signed;
}

function number(block: Uint8Array, [offset, length]: readonly [number, number]): number {
  return parseNumeric(block.subarray(offset, offset + length));
}
