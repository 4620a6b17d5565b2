import type { IncomingMessage } from "node:http";
import { AppError } from "@/lib/platform/errors";

/** The body's bytes; rejects with `body_too_large` as soon as it is known to exceed the limit. */
export function readRequestBody(req: IncomingMessage, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(req.headers["content-length"] ?? 0) > limitBytes) return reject(tooLarge(limitBytes));
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size <= limitBytes) return chunks.push(chunk);
      // It is not destroyed: the refusal still has to be sent.
      req.off("data", onData).pause();
      return reject(tooLarge(limitBytes));
    };
    req.on("data", onData);
    req.on("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    req.on("error", (cause) => reject(endedEarly(cause)));
    req.on("close", () => {
      if (!req.complete) reject(endedEarly(undefined));
    });
  });
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
