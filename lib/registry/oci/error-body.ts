import { readPrefix } from "@/lib/egress/body";
import type { GuardedResponse } from "@/lib/egress/response";
import { isAppError } from "@/lib/platform/errors";
import { type BodyForm, bodyForm } from "@/lib/registry/oci/api-form";
import { cleanText } from "@/lib/registry/oci/clean-text";
import { REGISTRY_LIMITS } from "@/lib/registry/oci/limits";

/** A registry's explanation of an error: codes of the distribution-spec ("Error Codes") and sanitized text. */
export type ErrorBody = { form: BodyForm; codes: string[]; text: string; facts: AnswerFacts };

/** For programs and logs. The URL has no query, because queries contain signatures and tokens. */
export type AnswerFacts = { status?: number; url?: string; codes?: string[] };

/**
 * Reads the first 16 KiB of an error response. Bodies that are not error documents of the specification (a proxy's HTML
 * page, plain text, an empty body) yield no codes, and text only if they are plain text.
 */
export async function readErrorBody(response: GuardedResponse): Promise<ErrorBody> {
  const bytes = await prefixOf(response);
  const body = new TextDecoder().decode(bytes);
  const errors = errorsOf(parseJson(body));
  const facts = answerFacts(response, errors);
  const form = bodyForm(
    body,
    response.headers,
    errors.map(({ code }) => code),
  );
  if (errors.length > 0) {
    const words = errors.map(({ code, message }) => message || code).filter((each) => each !== "");
    return { form, codes: errors.map((each) => each.code), text: cleanText(words.join("; ")), facts };
  }
  const isPlain = /^text\/plain\b/i.test(response.headers.get("content-type") ?? "");
  return { form, codes: [], text: isPlain ? cleanText(body) : "", facts };
}

export function answerFacts(
  { status, url }: GuardedResponse,
  errors: readonly { code: string }[] = [],
): AnswerFacts {
  const codes = errors.flatMap(({ code }) => (/^[A-Z][A-Z_]{0,40}$/.test(code) ? [code] : []));
  const facts = { status, url: cleanText(`${url.origin}${url.pathname}`) };
  return codes.length === 0 ? facts : { ...facts, codes };
}

/** Best effort: if the body cannot be read, the status is enough. */
async function prefixOf(response: GuardedResponse): Promise<Uint8Array> {
  try {
    return await readPrefix(response, REGISTRY_LIMITS.errorBodyBytes);
  } catch (error) {
    if (isAppError(error)) return new Uint8Array();
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errorsOf(document: unknown): { code: string; message: string }[] {
  const list = fieldOf(document, "errors");
  if (!Array.isArray(list)) return [];
  return list.slice(0, 5).map((each) => ({
    code: textOf(fieldOf(each, "code")),
    message: textOf(fieldOf(each, "message")),
  }));
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
