/** Where the files of an OCI layout lie inside a tar archive. Contents are passed over, not read. */

import type { FileHandle } from "node:fs/promises";
import { normaliseImagePath } from "@/lib/inspection/entry-path";
import { LayerProblemError } from "@/lib/inspection/layers/layer-problem";
import { type PaxRecords, parsePaxRecords } from "@/lib/inspection/layers/pax-records";
import {
  BLOCK_BYTES,
  isZeroBlock,
  parseTarHeader,
  type TarHeader,
  text,
} from "@/lib/inspection/layers/tar-header";
import { layoutInvalid } from "@/lib/inspection/layout/layout-files";
import { isAppError } from "@/lib/platform/errors";

export type ArchivedFile = { offset: number; sizeBytes: number };

const LIMITS = {
  entries: 20_000,
  extendedBytes: 64 * 1024,
} as const;

const WANTED = /^(?:index\.json|oci-layout|blobs\/sha(?:256|512)\/[0-9a-f]{64,128})$/;
const GZIP = [0x1f, 0x8b];

type Extended = { pax: PaxRecords | undefined; longName: string };

/**
 * The wanted files by name. Throws `layout_invalid` for what is no plain tar archive, for paths that lead out of it,
 * and for two files of one name, since readers disagree on which counts.
 */
export async function indexArchive(
  handle: FileHandle,
  archiveBytes: number,
  name: string,
): Promise<Map<string, ArchivedFile>> {
  try {
    return await readHeaders(handle, archiveBytes, name);
  } catch (error) {
    if (isAppError(error)) throw error;
    if (error instanceof LayerProblemError) throw layoutInvalid(name, error.problem.reason, error);
    throw layoutInvalid(name, "it cannot be read as a tar archive", error);
  }
}

async function readHeaders(handle: FileHandle, archiveBytes: number, name: string) {
  const files = new Map<string, ArchivedFile>();
  let extended: Extended = { pax: undefined, longName: "" };
  let position = 0;
  for (let entries = 0; position + BLOCK_BYTES <= archiveBytes; entries += 1) {
    if (entries >= LIMITS.entries) throw layoutInvalid(name, `it has more than ${LIMITS.entries} entries`);
    const block = await readAt(handle, position, BLOCK_BYTES);
    if (position === 0) refuseCompressed(block, name);
    if (isZeroBlock(block)) return files;
    const header = parseTarHeader(block);
    const offset = position + BLOCK_BYTES;
    const sizeBytes = sizeOf(header, extended);
    position = offset + Math.ceil(sizeBytes / BLOCK_BYTES) * BLOCK_BYTES;
    if (position > archiveBytes + BLOCK_BYTES) throw layoutInvalid(name, "it is cut off in a file");
    if (isExtension(header)) extended = await readExtension(handle, header, offset, extended, name);
    else {
      addFile(files, header, extended, { offset, sizeBytes }, name);
      extended = { pax: undefined, longName: "" };
    }
  }
  throw layoutInvalid(name, "it is cut off, or no tar archive");
}

function refuseCompressed(block: Uint8Array, name: string): void {
  if (GZIP.every((byte, at) => block[at] === byte)) {
    throw layoutInvalid(name, "it is compressed; unpack it with gunzip first");
  }
}

function sizeOf(header: TarHeader, { pax }: Extended): number {
  return isExtension(header) ? header.sizeBytes : (pax?.sizeBytes ?? header.sizeBytes);
}

function isExtension({ typeFlag }: TarHeader): boolean {
  return ["x", "g", "L", "K"].includes(typeFlag);
}

async function readExtension(
  handle: FileHandle,
  { typeFlag, sizeBytes }: TarHeader,
  offset: number,
  before: Extended,
  name: string,
): Promise<Extended> {
  if (sizeBytes > LIMITS.extendedBytes) throw layoutInvalid(name, "it holds a far too long file name");
  const body = await readAt(handle, offset, sizeBytes);
  if (typeFlag === "x") return { ...before, pax: parsePaxRecords(body) };
  return typeFlag === "L" ? { ...before, longName: text(body, 0, body.length) } : before;
}

function addFile(
  files: Map<string, ArchivedFile>,
  header: TarHeader,
  extended: Extended,
  place: ArchivedFile,
  name: string,
): void {
  const path = normaliseImagePath(extended.longName || extended.pax?.path || header.name);
  if (path === undefined) throw layoutInvalid(name, "a path in it leads out of it");
  if (!WANTED.test(path)) return;
  if (header.typeFlag !== "0" && header.typeFlag !== "\0") {
    throw layoutInvalid(name, `${path} is not an ordinary file`);
  }
  if (files.has(path)) throw layoutInvalid(name, `it holds ${path} twice`);
  files.set(path, place);
}

async function readAt(handle: FileHandle, position: number, size: number): Promise<Uint8Array> {
  const block = Buffer.alloc(size);
  const { bytesRead } = await handle.read(block, 0, size, position);
  if (bytesRead < size) throw new RangeError("the file ends before");
  return block;
}
