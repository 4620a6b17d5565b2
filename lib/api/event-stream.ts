/** Answers as server-sent events (WHATWG HTML, section 9.2). */

import type { ApiAnswer } from "@/lib/api/answers/answer";
import type { ApiRequest } from "@/lib/api/route";
import type { AppError } from "@/lib/platform/errors";

export type SendEvent = (event: string, data: unknown) => void;

const TYPE = "text/event-stream";
const HEARTBEAT_MS = 15_000;

/** Whether the client asks for events by name; `*\/*` does not. */
export function wantsEvents(request: ApiRequest): boolean {
  const accepted = (request.header("accept") ?? "").split(",").map((part) => part.split(";", 1)[0]?.trim());
  return accepted.includes(TYPE);
}

/** A stream that lasts as long as `work`, a `StreamWriter` of events. */
export function eventStream(work: (send: SendEvent) => Promise<AppError | undefined>): ApiAnswer {
  return {
    kind: "stream",
    headers: { "content-type": `${TYPE}; charset=utf-8`, "x-accel-buffering": "no" },
    async write(send) {
      const heartbeat = setInterval(() => send(": still here\n\n"), HEARTBEAT_MS);
      try {
        return await work((event, data) => send(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
      } finally {
        clearInterval(heartbeat);
      }
    },
  };
}
