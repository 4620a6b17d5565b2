/** Server-sent events (WHATWG HTML, section 9.2) with a change token, which tell a page when its subject changed. */

import { setTimeout as sleep } from "node:timers/promises";
import { type EventWriter, writeEvents } from "@/lib/platform/event-stream";

type ChangeStreamOptions = {
  /** The current change token, on one line; throws if it can no longer be read. */
  read(): Promise<string>;
  signal: AbortSignal;
  /** Called once when the stream ends, for whatever reason. */
  ended(): void;
  pollMs?: number;
  /** After this time the browser reconnects, which checks its session again. */
  lifetimeMs?: number;
};

const POLL_MS = 1_500;
const LIFETIME_MS = 180_000;

/** Sends the first token at once, then every new one. Ends after a few minutes, and on any error. */
export function changeStream({
  read,
  signal,
  ended,
  pollMs = POLL_MS,
  lifetimeMs = LIFETIME_MS,
}: ChangeStreamOptions): ReadableStream<Uint8Array> {
  const stopping = new AbortController();
  const over = AbortSignal.any([signal, stopping.signal]);
  const encoder = new TextEncoder();
  return new ReadableStream({
    async start(controller) {
      // A canceled stream takes nothing more, not even a heartbeat.
      const send = (text: string) => {
        if (!over.aborted) controller.enqueue(encoder.encode(text));
      };
      await writeEvents(send, async (writer) => {
        writer.retry(pollMs);
        await follow({ read, writer, over, pollMs, lifetimeMs }).catch((error: unknown) =>
          writer.comment(error instanceof Error ? error.name : "error"),
        );
      });
      ended();
      if (!stopping.signal.aborted) controller.close();
    },
    cancel() {
      stopping.abort();
    },
  });
}

type Following = {
  read(): Promise<string>;
  writer: EventWriter;
  over: AbortSignal;
  pollMs: number;
  lifetimeMs: number;
};

async function follow({ read, writer, over, pollMs, lifetimeMs }: Following): Promise<void> {
  let last: string | undefined;
  for (let ageMs = 0; ageMs < lifetimeMs && !over.aborted; ageMs += pollMs) {
    const now = await read();
    if (over.aborted) return;
    if (now !== last) writer.event(now);
    last = now;
    await sleep(pollMs, undefined, { signal: over }).catch(() => undefined);
  }
}
