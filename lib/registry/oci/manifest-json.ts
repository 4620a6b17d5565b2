import type { z } from "zod";
import { AppError, isAppError } from "@/lib/platform/errors";

/** Parses the value with the schema. Throws `registry_protocol`, naming the first invalid field. */
export function read<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw broken(what, `${issue?.path.join(".") || "its content"}: ${issue?.message ?? "unreadable"}`);
}

/** Throws `registry_protocol` for anything but a JSON object in UTF-8. */
export function parseJsonObject(bytes: Uint8Array, what: string): object {
  try {
    const value: unknown = JSON.parse(decodeUtf8(bytes, what));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    throw isAppError(error) ? error : broken(what, "it is not valid JSON", error);
  }
  throw broken(what, "it is not a JSON object");
}

/** Throws `registry_protocol` for bytes that are not UTF-8. Keeps a byte order mark, which JSON parsers reject. */
export function decodeUtf8(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw broken(what, "it is not UTF-8", error);
  }
}

/** `registry_protocol`: not a document of its type; not retryable, because the content cannot change. */
export function broken(what: string, why: string, cause?: unknown): AppError {
  return new AppError("registry_protocol", `The manifest of ${what} is invalid: ${why}.`, {
    suggestion: "Push the image again with a current tool (docker buildx, buildah, skopeo).",
    cause,
  });
}
