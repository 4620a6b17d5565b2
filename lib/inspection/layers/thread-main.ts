/** Program of a worker thread that reads layers. `LayerThread` starts it. */

import { performance } from "node:perf_hooks";
import { type MessagePort, parentPort } from "node:worker_threads";
import { LayerBudget } from "@/lib/archive/layer-budget";
import type {
  FromThread,
  ReadLayerMessage,
  SourceMessage,
  ToThread,
} from "@/lib/inspection/layers/thread-messages";
import { walkLayer } from "@/lib/inspection/layers/walk-layer";
import { wantedFilter } from "@/lib/inspection/layers/wanted-files";
import { yieldToEventLoop } from "@/lib/platform/threads/thread-priority";

if (parentPort !== null) {
  yieldToEventLoop();
  serve(parentPort);
}

class Abandoned extends Error {}

function serve(port: MessagePort): void {
  let deliver: ((message: SourceMessage) => void) | undefined;
  const say = (message: FromThread) => port.postMessage(message);
  const ask = () =>
    new Promise<SourceMessage>((resolve) => {
      deliver = resolve;
      say({ kind: "more" });
    });
  port.on("message", (message: ToThread) => {
    if (message.kind === "read") void read(message, ask).then(say);
    else deliver?.(message);
  });
  say({ kind: "ready" });
}

async function read(
  { wanted, allowance }: ReadLayerMessage,
  ask: () => Promise<SourceMessage>,
): Promise<FromThread> {
  const budget = new LayerBudget(allowance.limits, () => performance.now(), allowance.spent);
  const walk = await walkLayer({ source: chunks(ask), budget, wanted: wantedFilter(wanted) }).catch(outcome);
  return { kind: "done", walk, spent: budget.allowance().spent };
}

async function* chunks(ask: () => Promise<SourceMessage>): AsyncGenerator<Uint8Array> {
  for (;;) {
    const message = await ask();
    switch (message.kind) {
      case "bytes":
        yield message.bytes;
        break;
      case "end":
        return;
      case "abandon":
        throw new Abandoned();
    }
  }
}

/** Any other error is a bug in Gantry: it ends this thread, and `LayerThread` notices. */
function outcome(error: unknown): { kind: "failed"; reason: string } {
  if (error instanceof Abandoned) return { kind: "failed", reason: "its transfer was interrupted" };
  throw error;
}
