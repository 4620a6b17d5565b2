import type { IncomingMessage } from "node:http";
import { rawHeader } from "@/lib/api/raw-header";
import { AppError } from "@/lib/platform/errors";

/** Reads the body; rejects with `body_too_large` as soon as it exceeds the limit. */
export function readRequestBody(req: IncomingMessage, limitBytes: number): Promise<Buffer> {
  if (Number(rawHeader(req, "content-length") ?? 0) > limitBytes) return Promise.reject(tooLarge(limitBytes));
  return new Promise((resolve, reject) => new BodyReader(req, limitBytes, resolve, reject).start());
}

/** A class, because closures per request cost more than the reading itself. */
class BodyReader {
  private readonly chunks: Buffer[] = [];
  private size = 0;
  private isTooLarge = false;

  constructor(
    private readonly req: IncomingMessage,
    private readonly limitBytes: number,
    private readonly resolve: (body: Buffer) => void,
    private readonly reject: (reason: AppError) => void,
  ) {}

  start(): void {
    this.req
      .on("data", (chunk: Buffer) => this.take(chunk))
      .on("end", () => this.end())
      .on("error", (cause) => this.reject(endedEarly(cause)))
      .on("close", () => this.req.complete || this.reject(endedEarly(undefined)));
  }

  private take(chunk: Buffer): void {
    if (this.isTooLarge) return;
    this.size += chunk.byteLength;
    if (this.size <= this.limitBytes) {
      this.chunks.push(chunk);
      return;
    }
    this.isTooLarge = true;
    // Paused instead of destroyed, because the error response must still be sent.
    this.req.pause();
    this.reject(tooLarge(this.limitBytes));
  }

  private end(): void {
    const [only, ...more] = this.chunks;
    this.resolve(only !== undefined && more.length === 0 ? only : Buffer.concat(this.chunks));
  }
}

function tooLarge(limitBytes: number): AppError {
  return new AppError("body_too_large", `The body is larger than ${limitBytes} bytes.`, {
    suggestion: "Send a smaller request.",
  });
}

function endedEarly(cause: unknown): AppError {
  return new AppError("invalid_input", "The connection closed before the whole body arrived.", {
    suggestion: "Send the request again.",
    retryable: true,
    cause,
  });
}
