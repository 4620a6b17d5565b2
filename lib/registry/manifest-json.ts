import type { z } from "zod";
import { AppError } from "@/lib/platform/errors";

/** The value as the schema reads it. Throws `registry_protocol`, naming the first field that is wrong. */
export function read<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw broken(what, `${issue?.path.join(".") || "its content"}: ${issue?.message ?? "unreadable"}`);
}

/** Throws `registry_protocol` for anything but a JSON object in UTF-8. */
export function parseJsonObject(bytes: Uint8Array, what: string): object {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    throw broken(what, "it is not valid JSON", error);
  }
  throw broken(what, "it is not a JSON object");
}

/** `registry_protocol`: not a document of its type; such a one stays so, hence not retryable. */
export function broken(what: string, why: string, cause?: unknown): AppError {
  return new AppError("registry_protocol", `The manifest of ${what} can't be used: ${why}.`, {
    suggestion: "Push the image again with a current tool (docker buildx, buildah, skopeo).",
    cause,
  });
}
