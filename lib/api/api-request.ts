import type { IncomingMessage, ServerResponse } from "node:http";
import { createClientAddress } from "@/lib/api/client-address";

import { readRequestBody } from "@/lib/api/request-body";
import type { ApiRequest } from "@/lib/api/route";
import { randomText } from "@/lib/platform/crypto";

export type ApiRequestReader = {
  read(req: IncomingMessage, res: ServerResponse): ApiRequest;
  /** Unique among all processes, and cheap. */
  nextId(): string;
};

const PROCESS_BYTES = 6;
const RADIX = 36;

export function apiRequestReader(trustedProxies: readonly string[]): ApiRequestReader {
  const clientAddress = createClientAddress(trustedProxies);
  const ofProcess = randomText(PROCESS_BYTES);
  let count = 0;
  const nextId = () => {
    count += 1;
    return `${ofProcess}-${count.toString(RADIX)}`;
  };
  return {
    nextId,
    read(req, res) {
      const url = req.url ?? "";
      const mark = url.indexOf("?");
      const header = (name: string) => joined(req.headers[name]);
      return {
        method: req.method ?? "",
        path: mark === -1 ? url : url.slice(0, mark),
        query: new URLSearchParams(mark === -1 ? "" : url.slice(mark + 1)),
        header,
        signal: () => abandonment(res),
        body: (limitBytes) => readRequestBody(req, limitBytes),
        ip: clientAddress(req.socket.remoteAddress, header("x-forwarded-for")),
        requestId: nextId(),
      };
    },
  };
}

function abandonment(res: ServerResponse): AbortSignal {
  const gone = new AbortController();
  const end = () => {
    if (!res.writableFinished) gone.abort(new Error("the client went away"));
  };
  if (res.destroyed) end();
  else res.once("close", end);
  return gone.signal;
}

function joined(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(", ") : value;
}
