import { parseReference, type Reference } from "@/lib/extension/reference/reference";
import { isAppError } from "@/lib/platform/errors";

/**
 * The image that a compose file names, by Docker's rules: without a host it is of Docker Hub, without a namespace
 * an official one. Undefined for what names none, or depends on a variable.
 */
export function readBackendImage(text: string): Reference | undefined {
  const name = /^[^/]+$/.test(text) && !text.startsWith("library/") ? `library/${text}` : text;
  if (/[\s$]/.test(text)) return undefined;
  try {
    return parseReference(name);
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}
