import { constants } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import path from "node:path";
import { type LayoutFiles, layoutInvalid, layoutNotFound } from "@/lib/registry/layout/layout-files";

const CHUNK_BYTES = 256 * 1024;

/** OCI layout in a folder. Only regular files count: no links, devices or pipes. Throws `not_found`. */
export async function openLayoutFolder(folder: string): Promise<LayoutFiles> {
  const name = `The folder ${folder}`;
  const info = await stat(folder).catch((error: unknown) => {
    throw layoutNotFound(name, "no such folder can be read", error);
  });
  if (!info.isDirectory()) throw layoutNotFound(name, "this is no folder");
  const opened = (file: string) => openFile(path.join(folder, file), name, file);
  return {
    name,
    async size(file) {
      const handle = await opened(file);
      if (handle === undefined) return undefined;
      try {
        return (await handle.stat()).size;
      } finally {
        await handle.close();
      }
    },
    async *read(file, start, end) {
      const handle = await opened(file);
      if (handle === undefined) return;
      try {
        yield* readSpan(handle, start, end);
      } finally {
        await handle.close();
      }
    },
    close: async () => {},
  };
}

/** Reads an open file in chunks; ends early if the file does. */
export async function* readSpan(handle: FileHandle, start: number, end: number): AsyncGenerator<Uint8Array> {
  let position = start;
  while (position < end) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, end - position));
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
}

/** Opens the file before checking it, so that the checked file is the one that is read (no TOCTOU race). */
async function openFile(file: string, name: string, shown: string): Promise<FileHandle | undefined> {
  const handle = await openNoFollow(file, name, shown);
  if (handle === undefined) return undefined;
  const info = await handle.stat();
  if (info.isFile()) return handle;
  await handle.close();
  throw layoutInvalid(name, `${shown} is not an ordinary file`);
}

/** Non-blocking, because opening a pipe without a writer would block indefinitely. */
async function openNoFollow(file: string, name: string, shown: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    if (code === "ELOOP") throw layoutInvalid(name, `${shown} is not an ordinary file`, error);
    throw layoutInvalid(name, `${shown} cannot be read (${String(code)})`, error);
  }
}
