/** A program for threads that read layers which does what the layer says: `loop`, `memory`, `throw`, `exit` or nothing bad. */

import { parentPort } from "node:worker_threads";
import type { FromThread, ToThread } from "@/lib/inspection/layers/thread-messages";

const say = (message: FromThread) => parentPort?.postMessage(message);

parentPort?.on("message", (message: ToThread) => {
  if (message.kind === "read") return say({ kind: "more" });
  if (message.kind === "bytes") misbehave(Buffer.from(message.bytes).toString());
  const spent = { compressedBytes: 0, inflatedBytes: 1, entries: 1, elapsedMs: 0 };
  say({ kind: "done", walk: { kind: "malformed", reason: "it is a text" }, spent });
});
say({ kind: "ready" });

function misbehave(text: string): void {
  switch (text) {
    case "loop":
      for (;;);
    case "memory": {
      const kept: string[][] = [];
      for (;;) kept.push(Array.from({ length: 100_000 }, (_, at) => `${at}`));
    }
    case "throw":
      throw new Error("poison");
    case "exit":
      process.exit(3);
  }
}
