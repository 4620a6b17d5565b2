import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { type ArchivedFile, indexArchive } from "@/lib/registry/layout/archive-index";
import { type LayoutFiles, layoutInvalid, layoutNotFound } from "@/lib/registry/layout/layout-files";
import { readSpan } from "@/lib/registry/layout/layout-folder";

/**
 * OCI layout in a tar archive, read in place: nothing is unpacked, so path traversal is impossible. Throws `not_found`
 * and `layout_invalid`.
 */
export async function openLayoutArchive(file: string): Promise<LayoutFiles> {
  const name = `The archive ${file}`;
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    throw layoutNotFound(name, "no such file can be read", error);
  });
  try {
    const info = await handle.stat();
    if (!info.isFile()) throw layoutNotFound(name, "this is no ordinary file");
    return layoutIn(handle, name, await indexArchive(handle, info.size, name));
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function layoutIn(handle: FileHandle, name: string, files: ReadonlyMap<string, ArchivedFile>): LayoutFiles {
  return {
    name,
    size: async (file) => files.get(file)?.sizeBytes,
    async *read(file, start, end) {
      const found = files.get(file);
      if (found === undefined) return;
      if (end > found.sizeBytes) throw layoutInvalid(name, `${file} is truncated`);
      yield* readSpan(handle, found.offset + start, found.offset + end);
    },
    close: () => handle.close(),
  };
}
