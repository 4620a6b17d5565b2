/** Unfinished uploads (distribution-spec, "Pushing blobs"). */

import { randomUUID } from "node:crypto";
import { RegistryError } from "@/scripts/demo/registry/errors";
import type { RegistryLimits } from "@/scripts/demo/registry/limits";

export type Upload = { id: string; name: string; chunks: Buffer[]; sizeBytes: number };

export type Uploads = {
  begin(name: string): Upload;
  /** Throws `BLOB_UPLOAD_UNKNOWN`. */
  find(name: string, id: string): Upload;
  append(upload: Upload, chunk: Buffer): void;
  end(upload: Upload): void;
};

export function createUploads({
  uploads: most,
  blobBytes,
}: Pick<RegistryLimits, "uploads" | "blobBytes">): Uploads {
  /** Least recently used first. */
  const open = new Map<string, Upload>();
  return {
    begin(name) {
      const [idle] = open.keys();
      if (open.size >= most && idle !== undefined) open.delete(idle);
      const upload: Upload = { id: randomUUID(), name, chunks: [], sizeBytes: 0 };
      open.set(upload.id, upload);
      return upload;
    },
    find(name, id) {
      const upload = open.get(id);
      if (upload?.name !== name) throw new RegistryError("BLOB_UPLOAD_UNKNOWN", "no such upload");
      open.delete(id);
      open.set(id, upload);
      return upload;
    },
    append(upload, chunk) {
      if (upload.sizeBytes + chunk.length > blobBytes) {
        open.delete(upload.id);
        throw new RegistryError("SIZE_INVALID", `the limit for a blob is ${blobBytes} bytes`);
      }
      upload.chunks.push(chunk);
      upload.sizeBytes += chunk.length;
    },
    end(upload) {
      open.delete(upload.id);
    },
  };
}
