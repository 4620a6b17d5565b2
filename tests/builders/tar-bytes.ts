import { gzipSync } from "node:zlib";

/** One entry of a hand-made archive; everything may be overridden, so that broken archives can be made too. */
export type TarPart<Name extends string | Uint8Array = string> = {
  /** `Uint8Array` for names that are not UTF-8. */
  name: Name;
  type?: string;
  content?: string | Uint8Array;
  linkName?: string | Uint8Array;
  /** Octal, seven digits. */
  mode?: string;
  /** Written into the size field instead of the content's length. */
  sizeField?: Uint8Array | string;
  /** ustar prefix; in a GNU header it overwrites the times that are there. */
  prefix?: string | Uint8Array;
  /** Only `ustar` and `star` have a prefix field. */
  format?: "ustar" | "star" | "gnu" | "v7";
  /** Bytes written over the finished header, by their offset, before the checksum is made. */
  patches?: readonly (readonly [offset: number, bytes: string | Uint8Array])[];
  /** Added to the right checksum. */
  checksumError?: number;
};

const BLOCK = 512;
const MAGIC = { ustar: "ustar\u000000", star: "ustar\u000000", gnu: "ustar  \0", v7: "" };

type AnyTarPart = TarPart<string | Uint8Array>;

export function tarHeader(part: AnyTarPart, sizeBytes: number): Uint8Array {
  const block = Buffer.alloc(BLOCK);
  const write = (bytes: string | Uint8Array, offset: number, length: number) =>
    block.set(Buffer.from(bytes).subarray(0, length), offset);
  write(part.name, 0, 100);
  write(`${part.mode ?? "0000644"}\0`, 100, 8);
  write("0000000\0", 108, 8);
  write("0000000\0", 116, 8);
  write(part.sizeField ?? `${sizeBytes.toString(8).padStart(11, "0")}\0`, 124, 12);
  write("00000000000\0", 136, 12);
  block.write(part.type ?? "0", 156, 1, "latin1");
  write(part.linkName ?? "", 157, 100);
  write(MAGIC[part.format ?? "ustar"], 257, 8);
  write(part.prefix ?? "", 345, 155);
  if (part.format === "star") write("tar\0", 508, 4);
  for (const [offset, bytes] of part.patches ?? []) write(bytes, offset, BLOCK - offset);
  block.fill(" ", 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0) + (part.checksumError ?? 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, 8, "latin1");
  return block;
}

export function tarPart(part: AnyTarPart): Uint8Array {
  const content = Buffer.from(part.content ?? "");
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
  return Buffer.concat([tarHeader(part, content.length), content, padding]);
}

export const TAR_END = new Uint8Array(2 * BLOCK);

/** An archive with its end marker. */
export function tarOf(...parts: (AnyTarPart | Uint8Array)[]): Uint8Array {
  const blocks = parts.map((part) => (part instanceof Uint8Array ? part : tarPart(part)));
  return Buffer.concat([...blocks, TAR_END]);
}

export function gzipped(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes);
}

export function paxRecord(key: string | Uint8Array, value: string | Uint8Array): Uint8Array {
  const rest = Buffer.concat([Buffer.from(key), Buffer.from("="), Buffer.from(value), Buffer.from("\n")]);
  let length = rest.length + 2;
  while (`${length} `.length + rest.length !== length) length = `${length} `.length + rest.length;
  return Buffer.concat([Buffer.from(`${length} `), rest]);
}

type PaxText = string | Uint8Array;

/** A PAX header; records as a list where a key occurs twice or is no UTF-8. */
export function paxHeader(
  records: Record<string, PaxText> | readonly (readonly [PaxText, PaxText])[],
): TarPart {
  const list = Array.isArray(records) ? records : Object.entries(records);
  return {
    name: "PaxHeaders.0/x",
    type: "x",
    content: Buffer.concat(list.map(([key, value]) => paxRecord(key, value))),
  };
}

export function gnuLongName(name: PaxText): TarPart {
  const content = Buffer.concat([Buffer.from(name), Buffer.alloc(1)]);
  return { name: "././@LongLink", type: "L", content, format: "gnu" };
}

export function gnuLongLink(name: PaxText): TarPart {
  return { ...gnuLongName(name), type: "K" };
}
