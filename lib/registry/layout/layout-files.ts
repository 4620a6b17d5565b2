import { AppError } from "@/lib/platform/errors";

/**
 * The files of an OCI image layout (image-spec, image-layout.md), in any storage. A name is `index.json`, `oci-layout`
 * or `blobs/<algorithm>/<hex>`; no other is ever requested.
 */
export type LayoutFiles = {
  /** The name for messages. */
  name: string;
  /** The size in bytes; undefined if there is no such file. */
  size(file: string): Promise<number | undefined>;
  /** Reads the bytes from `start` up to, not including, `end`. */
  read(file: string, start: number, end: number): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
};

export function layoutInvalid(name: string, why: string, cause?: unknown): AppError {
  return new AppError("layout_invalid", `${name} cannot be used as an OCI image layout: ${why}.`, {
    suggestion: "Export it again: docker buildx build --output type=oci,dest=image.tar .",
    cause,
  });
}

export function layoutNotFound(name: string, why: string, cause?: unknown): AppError {
  return new AppError("not_found", `${name} was not found: ${why}.`, {
    suggestion: "Specify the folder as oci:DIR, or the archive as oci-archive:FILE.tar.",
    cause,
  });
}
