/** Server-sent events (SSE; WHATWG HTML, section 9.2): wire format and heartbeat. */

export const EVENT_STREAM_TYPE = "text/event-stream";

export const EVENT_STREAM_HEADERS = {
  "content-type": `${EVENT_STREAM_TYPE}; charset=utf-8`,
  "cache-control": "no-store",
  // Tells nginx not to buffer.
  "x-accel-buffering": "no",
};

export type EventWriter = {
  /** `data` is a single line, or a value that is serialized as JSON. `event`: the type, if it is not `message`. */
  event(data: string | object, event?: string): void;
  /** How long the browser waits before it reconnects. */
  retry(ms: number): void;
  /** A line that clients ignore. */
  comment(text: string): void;
};

const HEARTBEAT_MS = 15_000;

/** Writes events while `work` runs. Heartbeats keep proxies from closing a quiet connection. */
export async function writeEvents<Result>(
  send: (text: string) => void,
  work: (writer: EventWriter) => Promise<Result>,
): Promise<Result> {
  const writer: EventWriter = {
    event(data, event) {
      const line = typeof data === "string" ? data : JSON.stringify(data);
      send(`${event === undefined ? "" : `event: ${event}\n`}data: ${line}\n\n`);
    },
    retry: (ms) => send(`retry: ${ms}\n\n`),
    comment: (text) => send(`: ${text}\n\n`),
  };
  const heartbeat = setInterval(() => writer.comment("heartbeat"), HEARTBEAT_MS);
  try {
    return await work(writer);
  } finally {
    clearInterval(heartbeat);
  }
}
