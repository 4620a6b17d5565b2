import type { IncomingMessage, ServerResponse } from "node:http";
import { rawHeader } from "@/lib/api/raw-header";
import type { ClientAddress } from "@/lib/api/requests/client-address";
import { readRequestBody } from "@/lib/api/requests/request-body";
import type { ApiRequest } from "@/lib/api/route";
import { randomText } from "@/lib/platform/crypto";
import { AppError } from "@/lib/platform/errors";

export type ApiRequestReader = {
  read(req: IncomingMessage, res: ServerResponse): ApiRequest;
  /** Unique across processes, and cheap. */
  nextId(): string;
};

const PROCESS_BYTES = 6;
const RADIX = 36;

export function apiRequestReader(clientAddress: ClientAddress): ApiRequestReader {
  const ofProcess = randomText(PROCESS_BYTES);
  let count = 0;
  const nextId = () => {
    count += 1;
    return `${ofProcess}-${count.toString(RADIX)}`;
  };
  return { nextId, read: (req, res) => new NodeRequest(req, res, nextId(), clientAddress) };
}

/** Expensive parts are computed lazily, because most requests need few of them. */
class NodeRequest implements ApiRequest {
  readonly method: string;
  readonly path: string;
  private readonly search: string;
  /** Read immediately, because a closed connection no longer has it. */
  private readonly remote: string | undefined;
  private parsed: URLSearchParams | undefined;

  constructor(
    private readonly req: IncomingMessage,
    private readonly res: ServerResponse,
    readonly requestId: string,
    private readonly clientAddress: ClientAddress,
  ) {
    this.remote = req.socket.remoteAddress;
    const url = req.url ?? "";
    const mark = url.indexOf("?");
    this.method = req.method ?? "";
    this.path = mark === -1 ? url : url.slice(0, mark);
    this.search = mark === -1 ? "" : url.slice(mark + 1);
  }

  get query(): URLSearchParams | undefined {
    if (this.search === "") return undefined;
    this.parsed ??= new URLSearchParams(this.search);
    return this.parsed;
  }

  get ip(): string {
    return this.clientAddress(this.remote, this.header("x-forwarded-for"));
  }

  header(name: string): string | undefined {
    return rawHeader(this.req, name);
  }

  signal(): AbortSignal {
    return abandonment(this.res);
  }

  body(limitBytes: number): Promise<Buffer> {
    return readRequestBody(this.req, limitBytes);
  }
}

/** The client disconnected, so this is not logged as an internal error. */
function clientWentAway(): AppError {
  return new AppError("stopping", "The client closed the connection.", {
    suggestion: "Send the request again.",
    retryable: true,
  });
}

function abandonment(res: ServerResponse): AbortSignal {
  const gone = new AbortController();
  const end = () => {
    if (!res.writableFinished) gone.abort(clientWentAway());
  };
  if (res.destroyed) end();
  else res.once("close", end);
  return gone.signal;
}
