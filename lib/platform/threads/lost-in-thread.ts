import { hasCode } from "@/lib/platform/errors";
import type { ThreadLoss } from "@/lib/platform/threads/thread-lost";

/**
 * Why no thread could finish a task, if that is what `error` reports; undefined for every other error. Depends on the
 * load of this machine and says nothing about the document.
 */
export function lostInThread(error: unknown): ThreadLoss | undefined {
  const lost = hasCode(error, "internal") ? error.details?.lost : undefined;
  return lost === "time" || lost === "memory" || lost === "failed" ? lost : undefined;
}
