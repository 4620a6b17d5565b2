import type { Readable } from "node:stream";
import type { GuardedResponse, ResponseHeaders } from "@/lib/egress/response";
import { AppError } from "@/lib/platform/errors";

type BodyContext = {
  url: URL;
  method: string;
  maxBytes: number;
  headers: ResponseHeaders;
  /** Turns whatever the stream throws into what the caller shall see. */
  explain: (error: unknown) => unknown;
  /** Called once when the exchange is over, however it ended. */
  done: () => void;
};

/** Remainders up to this size are drained so that the connection can be reused; larger ones are aborted. */
const DISCARD_BYTES = 64 * 1024;

/** The body as an iteration that never yields more than `maxBytes` and cuts the connection when more would come. */
export function boundedBody(
  stream: Readable & { dump(options: { limit: number }): Promise<void> },
  context: BodyContext,
): Pick<GuardedResponse, "body" | "discard" | "ended"> {
  // Errors reach the reader through the iteration; without a listener a destroyed stream would end the process.
  stream.on("error", () => {});
  // The rest of an unwanted answer may fail in any way without consequence.
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

/** undici's body yields Buffers; a string would mean that someone set an encoding on it. */
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

/** The whole body. Memory is bounded by the request's `maxBytes`. */
export async function readBody(response: GuardedResponse): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** At most the first `maxBytes`; the rest is not transferred. For bodies that only serve an explanation. */
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
