import { LayerProblemError, outOfTime, overLimit } from "@/lib/archive/layer-problem";
import type { FromThread, ReadLayerMessage, ToThread } from "@/lib/inspection/layers/thread-messages";
import type { Thread, ThreadLimits } from "@/lib/platform/threads/thread";
import { ThreadLost } from "@/lib/platform/threads/thread-lost";

/** Bytes of layers are outside the heap and bounded by how they are read. */
export const LAYER_THREAD_LIMITS: ThreadLimits = { heapMebibytes: 256, silentMs: 10_000, startMs: 30_000 };

export type LayerThread = Thread<ToThread, FromThread>;

type Done = Extract<FromThread, { kind: "done" }>;

/**
 * Sends the bytes of `source` whenever the thread requests them. Throws what `source` throws, and a
 * `LayerProblemError` if this layer crashes the thread. Leaves `source` open.
 */
export async function readInThread(
  thread: LayerThread,
  request: Omit<ReadLayerMessage, "kind">,
  source: AsyncIterator<Uint8Array>,
  { heapMebibytes }: ThreadLimits,
): Promise<Done> {
  const ask = async (message: ToThread) => {
    try {
      return await thread.ask(message, { transfer: message.kind === "bytes" ? [message.bytes.buffer] : [] });
    } catch (error) {
      throw error instanceof ThreadLost ? new LayerProblemError(problemOf(error, heapMebibytes)) : error;
    }
  };
  let answer = await ask({ kind: "read", ...request });
  while (answer.kind !== "done") {
    const bytes = await nextBytes(source, ask);
    answer = await ask(bytes === undefined ? { kind: "end" } : { kind: "bytes", bytes });
  }
  return answer;
}

async function nextBytes(
  source: AsyncIterator<Uint8Array>,
  ask: (message: ToThread) => Promise<unknown>,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const next = await source.next();
    return next.done === true ? undefined : withOwnMemory(next.value);
  } catch (error) {
    // If the thread died over this, the error of the source counts.
    await ask({ kind: "abandon" }).catch(() => undefined);
    throw error;
  }
}

function problemOf({ loss }: ThreadLost, heapMebibytes: number): LayerProblemError["problem"] {
  switch (loss) {
    case "time":
      return outOfTime("reading a layer took too long").problem;
    case "memory":
      return overLimit(`reading it took more than ${heapMebibytes} MiB of memory`).problem;
    case "failed":
      return { kind: "failed", reason: "the layer reader crashed" };
  }
}

/** Transferring detaches the buffer, so the chunk must not share a buffer with others. */
function withOwnMemory(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength;
  return isWhole ? new Uint8Array(buffer) : new Uint8Array(bytes);
}
