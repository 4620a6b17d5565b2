import type { IncomingMessage } from "node:http";
import { AppError, isAppError } from "@/lib/platform/errors";

/** The body's bytes; rejects with `body_too_large` as soon as it is known to exceed the limit. */
export async function readRequestBody(req: IncomingMessage, limitBytes: number): Promise<Uint8Array> {
  if (Number(req.headers["content-length"] ?? 0) > limitBytes) throw tooLarge(limitBytes);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of bytesOf(req)) {
      size += chunk.byteLength;
      if (size > limitBytes) throw tooLarge(limitBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    throw isAppError(error) ? error : endedEarly(error);
  }
  return Buffer.concat(chunks);
}

/** Without an encoding set, a request yields buffers. It is not destroyed early: the refusal still has to be sent. */
function bytesOf(req: IncomingMessage): AsyncIterable<Buffer> {
  return { [Symbol.asyncIterator]: () => req.iterator({ destroyOnReturn: false }) };
}

function tooLarge(limitBytes: number): AppError {
  return new AppError("body_too_large", `The body is larger than ${limitBytes} bytes.`, {
    suggestion: "Send less in one request.",
  });
}

function endedEarly(cause: unknown): AppError {
  return new AppError("invalid_input", "The connection ended before the whole body had come.", {
    suggestion: "Send the request again.",
    retryable: true,
    cause,
  });
}
