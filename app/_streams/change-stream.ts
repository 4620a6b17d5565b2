/** Server-sent events (WHATWG HTML, section 9.2) with a change token, which tell a page when its subject changed. */

import { setTimeout as sleep } from "node:timers/promises";

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
const HEARTBEAT_MS = 20_000;
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
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      try {
        send(`retry: ${pollMs}\n\n`);
        await follow({ read, send, over, pollMs, lifetimeMs });
      } catch (error) {
        if (!over.aborted) send(`: ${error instanceof Error ? error.name : "error"}\n\n`);
      } finally {
        ended();
        if (!stopping.signal.aborted) controller.close();
      }
    },
    cancel() {
      stopping.abort();
    },
  });
}

type Following = {
  read(): Promise<string>;
  send(text: string): void;
  over: AbortSignal;
  pollMs: number;
  lifetimeMs: number;
};

async function follow({ read, send, over, pollMs, lifetimeMs }: Following): Promise<void> {
  let last: string | undefined;
  let sentAgoMs = 0;
  for (let ageMs = 0; ageMs < lifetimeMs && !over.aborted; ageMs += pollMs) {
    const now = await read();
    if (over.aborted) return;
    if (now !== last) send(`data: ${now}\n\n`);
    else if (sentAgoMs >= HEARTBEAT_MS) send(": still here\n\n");
    sentAgoMs = now !== last || sentAgoMs >= HEARTBEAT_MS ? 0 : sentAgoMs + pollMs;
    last = now;
    await sleep(pollMs, undefined, { signal: over }).catch(() => undefined);
  }
}
