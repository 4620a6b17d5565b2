import type { Readable } from "node:stream";
import type { GuardedResponse, ResponseHeaders } from "@/lib/egress/response";
import { AppError } from "@/lib/platform/errors";

type BodyContext = {
  url: URL;
  method: string;
  maxBytes: number;
  headers: ResponseHeaders;
  /** Maps an error of the stream to the error for the caller. */
  explain: (error: unknown) => unknown;
  /** Called once when the exchange ends, whether it succeeded or failed. */
  done: () => void;
};

/** Remainders up to this size are drained so that the connection can be reused; larger ones are aborted. */
const DISCARD_BYTES = 64 * 1024;

/** Iterates over the body. Never yields more than `maxBytes`; closes the connection if the body is longer. */
export function boundedBody(
  stream: Readable & { dump(options: { limit: number }): Promise<void> },
  context: BodyContext,
): Pick<GuardedResponse, "body" | "discard" | "ended"> {
  // Errors reach the reader through the iteration; without a listener, a destroyed stream would crash the process.
  stream.on("error", () => {});
  // Errors in the rest of a discarded body do not matter.
  const discard = () => stream.dump({ limit: DISCARD_BYTES }).then(context.done, context.done);
  const ended = new Promise<void>((resolve) => stream.once("close", resolve));
  return { body: bounded(stream, context), discard, ended };
}

async function* bounded(stream: Readable, context: BodyContext): AsyncGenerator<Uint8Array> {
  const { url, method, maxBytes, headers, explain, done } = context;
  let received = 0;
  try {
    if (method !== "HEAD" && Number(headers.get("content-length")) > maxBytes) throw tooLarge(url, maxBytes);
    for await (const chunk of stream) {
      const bytes = asBytes(chunk);
      received += bytes.length;
      if (received > maxBytes) throw tooLarge(url, maxBytes);
      yield bytes;
    }
  } catch (error) {
    throw explain(error);
  } finally {
    stream.destroy();
    done();
  }
}

/** undici's body yields Buffers; a string would mean that its encoding was set. */
function asBytes(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  throw new TypeError("A body chunk is not bytes.");
}

function tooLarge(url: URL, maxBytes: number): AppError {
  return new AppError("limit_exceeded", `${url.host} sent more than ${maxBytes} bytes.`, {
    suggestion: "Nothing was stored. The limit protects this server and cannot be raised per request.",
    details: { host: url.host, maxBytes },
  });
}

/** Reads the whole body. The request's `maxBytes` bounds memory. */
export async function readBody(response: GuardedResponse): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Reads at most the first `maxBytes` and cancels the rest. For bodies that only serve as an explanation. */
export async function readPrefix(response: GuardedResponse, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= maxBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxBytes);
}
