/** An entry of a tar file. `type` as in POSIX ustar; only files have content. */
export type TarEntry = {
  path: string;
  content?: string | Uint8Array;
  type?: "file" | "hardlink" | "symlink" | "character-device" | "block-device" | "directory" | "fifo";
  /** Target of a symlink or hardlink. */
  linkTo?: string;
  mode?: number;
  /** Modifies the 512-byte header after its checksum is written, to test broken tar files. */
  breakHeader?: (header: Buffer) => void;
};

const BLOCK_BYTES = 512;

const TYPE_FLAGS = {
  file: "0",
  hardlink: "1",
  symlink: "2",
  "character-device": "3",
  "block-device": "4",
  directory: "5",
  fifo: "6",
} as const;

/** Writes the entries in this order, including duplicates. Names over 100 bytes get a PAX header. */
export function tar(entries: TarEntry[]): Buffer {
  return Buffer.concat([...entries.flatMap(entryBlocks), Buffer.alloc(2 * BLOCK_BYTES)]);
}

function entryBlocks(entry: TarEntry): Buffer[] {
  const content = Buffer.from(entry.content ?? "");
  const head = header(entry.path, content.length, TYPE_FLAGS[entry.type ?? "file"], entry);
  entry.breakHeader?.(head);
  return [...longNameBlocks(entry), head, padded(content)];
}

function longNameBlocks(entry: TarEntry): Buffer[] {
  const records = [
    ...(Buffer.byteLength(entry.path) > 100 ? [paxRecord("path", entry.path)] : []),
    ...(Buffer.byteLength(entry.linkTo ?? "") > 100 ? [paxRecord("linkpath", entry.linkTo ?? "")] : []),
  ];
  if (records.length === 0) return [];
  const body = Buffer.from(records.join(""));
  return [header("PaxHeader", body.length, "x", {}), padded(body)];
}

/** `<length> <key>=<value>\n`, where the length counts itself (POSIX pax, extended header). */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const restBytes = Buffer.byteLength(rest);
  const length = restBytes + String(restBytes + String(restBytes).length).length;
  return `${length}${rest}`;
}

function header(
  path: string,
  sizeBytes: number,
  type: string,
  { mode = 0o644, linkTo = "" }: { mode?: number; linkTo?: string },
): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES);
  block.write(path, 0, 100);
  block.write(octal(mode, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(sizeBytes, 11), 124);
  block.write(octal(0, 11), 136);
  block.write("        ", 148);
  block.write(type, 156);
  block.write(linkTo, 157, 100);
  block.write("ustar\u000000", 257);
  block.write(
    `${octal(
      block.reduce((sum, byte) => sum + byte, 0),
      6,
    )}\0 `,
    148,
  );
  return block;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, "0");
}

function padded(content: Buffer): Buffer {
  const rest = content.length % BLOCK_BYTES;
  return rest === 0 ? content : Buffer.concat([content, Buffer.alloc(BLOCK_BYTES - rest)]);
}
