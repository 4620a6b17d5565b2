/** The program of a task thread; started by `task-threads.ts`. */

import { type MessagePort, parentPort } from "node:worker_threads";
import { isAppError } from "@/lib/platform/errors";
import type { Task } from "@/lib/platform/threads/task";
import type { FromTaskThread, SentError, ToTaskThread } from "@/lib/platform/threads/task-messages";
import { yieldToEventLoop } from "@/lib/platform/threads/thread-priority";

if (parentPort !== null) {
  yieldToEventLoop();
  serve(parentPort);
}

function serve(port: MessagePort): void {
  const say = (message: FromTaskThread) => port.postMessage(message);
  port.on("message", (message: ToTaskThread) => void answer(message).then(say));
  say({ kind: "ready" });
}

async function answer(message: ToTaskThread): Promise<FromTaskThread> {
  const task = await load(message);
  if (message.kind === "load") return { kind: "loaded" };
  try {
    return { kind: "done", output: task.run(message.input) };
  } catch (error) {
    if (isAppError(error)) return { kind: "refused", error: sent(error) };
    const { message: why, stack } = error instanceof Error ? error : new Error(String(error));
    return { kind: "failed", message: why, stack };
  }
}

async function load({ module, name }: ToTaskThread): Promise<Task<unknown, unknown>> {
  const loaded: unknown = await import(`@/${module}`);
  const found = new Map<string, unknown>(Object.entries(Object(loaded))).get(name);
  if (isTask(found)) return found;
  throw new Error(`${module} exports no task ${name}.`);
}

function isTask(value: unknown): value is Task<unknown, unknown> {
  return typeof value === "object" && value !== null && "run" in value && typeof value.run === "function";
}

function sent(error: {
  code: SentError["code"];
  message: string;
  suggestion: string;
  retryable: boolean;
  retryAfterSeconds: number | undefined;
  details: Record<string, unknown> | undefined;
}): SentError {
  const { code, message, suggestion, retryable, retryAfterSeconds, details } = error;
  return {
    code,
    message,
    suggestion,
    retryable,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(details === undefined ? {} : { details }),
  };
}
