import type { StoredError } from "@/lib/marketplace/rows/stored";
import { isAppError } from "@/lib/platform/errors";

/** An error as it is kept in a row and shown to people; what is not ours to explain becomes `internal`. */
export function recordedError(error: unknown): StoredError {
  if (isAppError(error)) return { code: error.code, message: error.message, suggestion: error.suggestion };
  return {
    code: "internal",
    message: "An error of Gantry's own stopped this; it is in the log.",
    suggestion: "It is tried again by itself. If it stays, tell the admins of this Gantry.",
  };
}
