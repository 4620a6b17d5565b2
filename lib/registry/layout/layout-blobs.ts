import type { Digest } from "@/lib/extension/reference/digest";
import { AppError, hasCode } from "@/lib/platform/errors";
import { type LayoutFiles, layoutInvalid } from "@/lib/registry/layout/layout-files";
import type { BlobDescriptor } from "@/lib/registry/oci/descriptor";
import { REGISTRY_LIMITS } from "@/lib/registry/oci/limits";
import { hashFor, verifyBytes, verifyHash } from "@/lib/registry/oci/verification";

/**
 * Blobs of a layout by digest (image-layout.md, "Blobs"). Every method throws `layout_invalid` if the content does not
 * match the digest.
 */
export type LayoutBlobs = {
  /** Reads a small file whole; throws `limit_exceeded` above `maxBytes`. */
  whole(digest: Digest, maxBytes: number): Promise<Uint8Array>;
  /**
   * Streams a blob of the size that its descriptor promises. Verified before its first byte is returned, because reading
   * a local file twice is cheap.
   */
  stream(
    descriptor: BlobDescriptor,
    span: { offset: number; length: number },
  ): Promise<AsyncIterable<Uint8Array>>;
  /** Bytes read so far. */
  bytesRead(): number;
};

export function layoutBlobs(files: LayoutFiles): LayoutBlobs {
  let read = 0;
  async function* counted(file: string, start: number, end: number): AsyncGenerator<Uint8Array> {
    for await (const chunk of files.read(file, start, end)) {
      read += chunk.length;
      yield chunk;
    }
  }
  return {
    async whole(digest, maxBytes) {
      const sizeBytes = await sizeOf(files, digest);
      if (sizeBytes > maxBytes) throw tooLarge(files.name, digest, sizeBytes, maxBytes);
      const bytes = await gather(counted(fileOf(digest), 0, sizeBytes));
      return agreeing(files.name, () => {
        verifyBytes(bytes, digest, fileOf(digest));
        return bytes;
      });
    },
    async stream({ digest, sizeBytes }, { offset, length }) {
      const actual = await sizeOf(files, digest);
      if (actual !== sizeBytes) {
        throw layoutInvalid(files.name, `${digest} has ${actual} bytes, not the declared ${sizeBytes}`);
      }
      await verify(files, digest, sizeBytes);
      const start = Math.min(offset, sizeBytes);
      return counted(fileOf(digest), start, Math.min(start + length, sizeBytes));
    },
    bytesRead: () => read,
  };
}

/** Maximum size of a manifest or config. */
export const LAYOUT_DOCUMENT_BYTES = REGISTRY_LIMITS.manifestBytes;

/** Collects a stream in memory; the caller has checked its size. */
export async function gather(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

export function tooLarge(name: string, what: string, sizeBytes: number, maxBytes: number): AppError {
  return new AppError(
    "limit_exceeded",
    `${name} holds ${what} of ${sizeBytes} bytes; at most ${maxBytes} are read.`,
    {
      suggestion: "Manifests and configs are normally a few kilobytes. Build the image with a current tool.",
    },
  );
}

/** A digest is an algorithm and hexadecimal digits, so the path cannot leave the folder. */
function fileOf(digest: Digest): string {
  return `blobs/${digest.replace(":", "/")}`;
}

async function sizeOf(files: LayoutFiles, digest: Digest): Promise<number> {
  const size = await files.size(fileOf(digest));
  if (size === undefined) throw layoutInvalid(files.name, `it lacks ${digest}, although it lists it`);
  return size;
}

async function verify(files: LayoutFiles, digest: Digest, sizeBytes: number): Promise<void> {
  const hash = hashFor(digest);
  for await (const chunk of files.read(fileOf(digest), 0, sizeBytes)) hash.update(chunk);
  agreeing(files.name, () => verifyHash(hash, digest, fileOf(digest)));
}

/** Converts errors that a registry's transfer could explain: in a local layout, the content itself is broken. */
export function agreeing<Value>(name: string, look: () => Value): Value {
  try {
    return look();
  } catch (error) {
    for (const code of ["digest_mismatch", "registry_protocol", "media_type_confusion"] as const) {
      if (hasCode(error, code)) throw layoutInvalid(name, error.message.replace(/\.$/, ""), error);
    }
    throw error;
  }
}
