import { gzipSync } from "node:zlib";

/** One entry of a hand-made archive; everything may be overridden, so that broken archives can be made too. */
export type TarPart = {
  name: string;
  type?: string;
  content?: string | Uint8Array;
  linkName?: string;
  /** Octal, seven digits. */
  mode?: string;
  /** Written into the size field instead of the content's length. */
  sizeField?: Uint8Array | string;
  /** ustar prefix. */
  prefix?: string;
  /** `gnu` and `v7` have no prefix field. */
  format?: "ustar" | "gnu" | "v7";
  /** Added to the right checksum. */
  checksumError?: number;
};

const BLOCK = 512;

export function tarHeader(part: TarPart, sizeBytes: number): Uint8Array {
  const block = Buffer.alloc(BLOCK);
  block.write(part.name, 0, 100, "utf8");
  block.write(`${part.mode ?? "0000644"}\0`, 100);
  block.write("0000000\0", 108);
  block.write("0000000\0", 116);
  writeSize(block, part.sizeField ?? `${sizeBytes.toString(8).padStart(11, "0")}\0`);
  block.write("00000000000\0", 136);
  block.write(part.type ?? "0", 156, 1, "latin1");
  block.write(part.linkName ?? "", 157, 100, "utf8");
  if (part.format === "gnu") block.write("ustar  \0", 257, 8, "latin1");
  else if (part.format !== "v7") block.write("ustar\u000000", 257, 8, "latin1");
  block.write(part.prefix ?? "", 345, 155, "utf8");
  block.fill(" ", 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0) + (part.checksumError ?? 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, 8, "latin1");
  return block;
}

function writeSize(block: Buffer, field: Uint8Array | string): void {
  block.set(typeof field === "string" ? Buffer.from(field, "latin1") : field, 124);
}

export function tarPart(part: TarPart): Uint8Array {
  const content = Buffer.from(part.content ?? "");
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
  return Buffer.concat([tarHeader(part, content.length), content, padding]);
}

export const TAR_END = new Uint8Array(2 * BLOCK);

/** An archive with its end marker. */
export function tarOf(...parts: (TarPart | Uint8Array)[]): Uint8Array {
  const blocks = parts.map((part) => (part instanceof Uint8Array ? part : tarPart(part)));
  return Buffer.concat([...blocks, TAR_END]);
}

export function gzipped(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes);
}

export function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest) + 1;
  while (`${length}`.length + Buffer.byteLength(rest) !== length) {
    length = `${length}`.length + Buffer.byteLength(rest);
  }
  return `${length}${rest}`;
}

export function paxHeader(records: Record<string, string>): TarPart {
  const content = Object.entries(records)
    .map(([key, value]) => paxRecord(key, value))
    .join("");
  return { name: "PaxHeaders.0/x", type: "x", content };
}

export function gnuLongName(name: string): TarPart {
  return { name: "././@LongLink", type: "L", content: `${name}\0`, format: "gnu" };
}
