import type { IncomingMessage } from "node:http";
import { RegistryError } from "@/scripts/demo/registry/errors";

/** Reads the request's body; throws `SIZE_INVALID` as soon as it exceeds the limit. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request) {
    sizeBytes += chunk.length;
    if (sizeBytes > limitBytes) throw new RegistryError("SIZE_INVALID", `more than ${limitBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
