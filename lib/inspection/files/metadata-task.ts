import { parseMetadata } from "@/lib/extension/metadata/metadata";
import type { Task } from "@/lib/platform/threads/task";

export type ParsedMetadata = ReturnType<typeof parseMetadata>;

/** `parseMetadata` as a task for a worker thread: metadata.json can have 1 MiB. */
export const READ_METADATA: Task<Uint8Array, ParsedMetadata> = {
  module: "lib/inspection/files/metadata-task",
  name: "READ_METADATA",
  run: parseMetadata,
  weigh: (bytes) => bytes.byteLength,
};
