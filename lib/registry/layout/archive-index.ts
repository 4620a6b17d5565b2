/** Locates the files of an OCI layout inside a tar archive. Contents are skipped, not read. */

import type { FileHandle } from "node:fs/promises";
import { normalizeImagePath } from "@/lib/archive/entry-path";
import {
  checkedSize,
  type MergedHeader,
  mergeHeaders,
  type Pending,
  withExtended,
} from "@/lib/archive/extended-headers";
import { LayerProblemError } from "@/lib/archive/layer-problem";
import { parsePaxRecords } from "@/lib/archive/pax-records";
import { BLOCK_BYTES, isZeroBlock, parseTarHeader, type TarHeader } from "@/lib/archive/tar-header";
import { fieldText } from "@/lib/archive/tar-text";
import { isAppError } from "@/lib/platform/errors";
import { layoutInvalid } from "@/lib/registry/layout/layout-files";

export type ArchivedFile = { offset: number; sizeBytes: number };

const LIMITS = {
  entries: 20_000,
  extendedBytes: 64 * 1024,
} as const;

const WANTED = /^(?:index\.json|oci-layout|blobs\/sha(?:256|512)\/[0-9a-f]{64,128})$/;
const GZIP = [0x1f, 0x8b];

/**
 * The wanted files by name. Throws `layout_invalid` for anything but a plain tar archive, for paths that leave it, and
 * for two files with the same name, because readers disagree on which one counts.
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
  let pending: Pending = {};
  let position = 0;
  for (let entries = 0; position + BLOCK_BYTES <= archiveBytes; entries += 1) {
    if (entries >= LIMITS.entries) throw layoutInvalid(name, `it has more than ${LIMITS.entries} entries`);
    const block = await readAt(handle, position, BLOCK_BYTES);
    if (position === 0) refuseCompressed(block, name);
    if (isZeroBlock(block)) return files;
    const header = parseTarHeader(block);
    const offset = position + BLOCK_BYTES;
    const merged = isExtension(header) ? undefined : mergeHeaders(header, pending);
    const sizeBytes = merged?.storedBytes ?? checkedSize(header.sizeBytes);
    position = offset + Math.ceil(sizeBytes / BLOCK_BYTES) * BLOCK_BYTES;
    if (position > archiveBytes + BLOCK_BYTES) throw layoutInvalid(name, "it is cut off in a file");
    if (merged === undefined) pending = await readExtension(handle, header, offset, pending, name);
    else {
      addFile(files, merged, { offset, sizeBytes }, name);
      pending = {};
    }
  }
  throw layoutInvalid(name, "it is truncated, or not a tar archive");
}

function refuseCompressed(block: Uint8Array, name: string): void {
  if (GZIP.every((byte, at) => block[at] === byte)) {
    throw layoutInvalid(name, "it is compressed; unpack it with gunzip first");
  }
}

function isExtension({ typeFlag }: TarHeader): boolean {
  return ["x", "g", "L", "K"].includes(typeFlag);
}

async function readExtension(
  handle: FileHandle,
  { typeFlag, sizeBytes }: TarHeader,
  offset: number,
  before: Pending,
  name: string,
): Promise<Pending> {
  if (sizeBytes > LIMITS.extendedBytes) throw layoutInvalid(name, "it contains a file name that is too long");
  const body = await readAt(handle, offset, sizeBytes);
  switch (typeFlag) {
    case "x":
      return withExtended(before, { pax: parsePaxRecords(body) });
    case "L":
      return withExtended(before, { longName: fieldText(body, 0, body.length) });
    case "K":
      return withExtended(before, { longLink: fieldText(body, 0, body.length) });
    default:
      return {};
  }
}

function addFile(
  files: Map<string, ArchivedFile>,
  { name: entryName, kind, oddities }: MergedHeader,
  place: ArchivedFile,
  name: string,
): void {
  const path = normalizeImagePath(entryName);
  if (path === undefined) throw layoutInvalid(name, "one of its paths leads outside of it");
  if (!WANTED.test(path)) return;
  if (kind !== "file" || oddities.length > 0) throw layoutInvalid(name, `${path} is not an ordinary file`);
  if (files.has(path)) throw layoutInvalid(name, `it holds ${path} twice`);
  files.set(path, place);
}

async function readAt(handle: FileHandle, position: number, size: number): Promise<Uint8Array> {
  const block = Buffer.alloc(size);
  const { bytesRead } = await handle.read(block, 0, size, position);
  if (bytesRead < size) throw new RangeError("the file ends before");
  return block;
}
