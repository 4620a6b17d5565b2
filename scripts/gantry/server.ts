import { z } from "zod";
import { AppError } from "@/lib/platform/errors";
import { UsageError } from "@/scripts/gantry/command";

const TIMEOUT_MS = 30_000;

/** The part of a problem document that commands print. */
export const problemSchema = z.object({
  detail: z.string(),
  suggestion: z.string().nullable().optional(),
  details: z.record(z.string(), z.unknown()).nullable().optional(),
});

/** `value`: the JSON in the response; undefined if there is none. Throws `unreachable`. */
export async function postJson(
  url: string,
  body: unknown,
  token?: string,
): Promise<{ status: number; value: unknown }> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, value: parse(await response.text()) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : undefined;
    const why = cause ?? (error instanceof Error ? error.message : String(error));
    throw new AppError("unreachable", `${url} could not be reached: ${why}.`, {
      suggestion: "Check the URL and your network, and try again.",
      retryable: true,
      cause: error,
    });
  }
}

/** The URL of a Gantry server without a trailing slash. Throws `UsageError`. */
export function serverAddress(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === "http:" || url?.protocol === "https:") return url.href.replace(/\/+$/, "");
  throw new UsageError("Give the URL of your Gantry with --server https://gantry.example or in GANTRY_URL.");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
