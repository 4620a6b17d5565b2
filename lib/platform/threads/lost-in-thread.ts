import { hasCode } from "@/lib/platform/errors";
import type { ThreadLoss } from "@/lib/platform/threads/thread-lost";

/**
 * Why no thread could finish a task, where `error` is about that; undefined for every other error. It is an outcome of
 * this machine and this moment, and never a fact about the document.
 */
export function lostInThread(error: unknown): ThreadLoss | undefined {
  const lost = hasCode(error, "internal") ? error.details?.lost : undefined;
  return lost === "time" || lost === "memory" || lost === "failed" ? lost : undefined;
}
