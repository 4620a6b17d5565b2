import { parseReference, type Reference } from "@/lib/extension/reference/reference";
import { isAppError } from "@/lib/platform/errors";

/**
 * Parses an image name in a compose file by Docker's rules: without a host it is on Docker Hub, without a namespace
 * it is an official image. Undefined for an invalid name, or one that depends on a variable.
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
