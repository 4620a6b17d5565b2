/** Validates what a client sent against the route's schemas before the handler runs. */

import { isUtf8 } from "node:buffer";
import { z } from "zod";
import type { ApiRequest, Route } from "@/lib/api/route";
import { AppError } from "@/lib/platform/errors";
import { isStorable } from "@/lib/platform/storable";

export const BODY_BYTES_MAX = 64 * 1024;
const ISSUES_MAX = 20;
const JSON_TYPE = /^application\/json\s*(?:;|$)/i;

/** Throws `invalid_input` for invalid, unknown or repeated parameters, on every route. */
export function readQuery(route: Route, query: URLSearchParams | undefined): unknown {
  if (query === undefined && route.query === undefined) return {};
  const known = queryNames(route.query);
  const given: Record<string, string> = {};
  for (const [name, value] of query ?? []) {
    if (!known.includes(name)) throw unknownParameter(name, known);
    if (Object.hasOwn(given, name)) {
      throw new AppError("invalid_input", `The parameter “${name}” is given more than once.`, {
        suggestion: "Send each parameter only once.",
      });
    }
    if (!isStorable(value)) throw unstorable(`The parameter “${name}”`);
    given[name] = value;
  }
  return route.query === undefined ? {} : checked(route.query, given, "The query");
}

/**
 * Undefined for routes without a body, regardless of what was sent. Throws `body_too_large`,
 * `unsupported_content_type`, `invalid_json` or `invalid_input`.
 */
export async function readBody(route: Route, request: ApiRequest): Promise<unknown> {
  if (route.body === undefined) return undefined;
  return parseBody(route.body, await readJsonBytes(request, route.bodyBytesMax));
}

/** Throws or rejects with `body_too_large` or `unsupported_content_type`. An empty body needs no content type. */
export function readJsonBytes(request: ApiRequest, bytesMax = BODY_BYTES_MAX): Promise<Buffer> {
  const contentType = request.header("content-type");
  if (contentType === undefined) return readNothing(request);
  if (!JSON_TYPE.test(contentType)) throw notJson(contentType);
  return request.body(bytesMax);
}

async function readNothing(request: ApiRequest): Promise<Buffer> {
  const bytes = await request.body(BODY_BYTES_MAX);
  if (bytes.byteLength > 0) throw notJson("no content type");
  return bytes;
}

/** Throws `invalid_json` or `invalid_input`. */
export function parseBody(schema: z.ZodType, bytes: Uint8Array): unknown {
  return checked(schema, bytes.byteLength === 0 ? undefined : parseJson(bytes), "The body");
}

/** The names of the parameters in a query schema. */
function queryNames(schema: z.ZodType | undefined): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function unknownParameter(name: string, known: readonly string[]): AppError {
  const shown = name.slice(0, 60);
  return new AppError("invalid_input", `“${shown}” is not a parameter of this operation.`, {
    suggestion:
      known.length > 0
        ? `It knows ${known.join(", ")}.`
        : "Omit the query. This operation has no parameters.",
    details: { parameter: shown, known },
  });
}

function checked(schema: z.ZodType, value: unknown, what: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.slice(0, ISSUES_MAX).map((issue) => ({
    path: issue.path.map(String).join("."),
    message: issue.message,
  }));
  const said = issues.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
  throw new AppError("invalid_input", `${what} is not valid: ${said.slice(0, 3).join("; ")}.`, {
    suggestion: "Correct these values. GET /api/v1/openapi.json describes every operation.",
    details: { issues },
  });
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    const text = utf8(bytes);
    return mayBeHostile(text) ? JSON.parse(text, refuseHostile) : JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid_json", `The body is not valid JSON${reasonOf(error)}.`, {
      suggestion: "Send one JSON value, in UTF-8.",
      cause: error,
    });
  }
}

function utf8(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new SyntaxError("it is not UTF-8");
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

const BYTE_ORDER_MARK = "\ufeff";

/** UTF-8 cannot contain lone surrogates and JSON cannot contain a bare NUL, so only escapes need this check. */
function mayBeHostile(text: string): boolean {
  return text.includes("\\u") || text.includes("__proto__");
}

function refuseHostile(key: string, value: unknown): unknown {
  if (key === "__proto__") throw new SyntaxError("the key “__proto__” is not accepted");
  if (typeof value === "string" && !isStorable(value)) {
    throw new SyntaxError("a string contains a NUL or a lone surrogate");
  }
  return value;
}

function unstorable(what: string): AppError {
  return new AppError("invalid_input", `${what} contains a NUL or a lone surrogate.`, {
    suggestion: "Send text without control characters.",
  });
}

function reasonOf(error: unknown): string {
  return error instanceof SyntaxError ? `: ${error.message.slice(0, 200)}` : "";
}

function notJson(found: string): AppError {
  return new AppError(
    "unsupported_content_type",
    `The body must be JSON, but its content type is ${found.slice(0, 100)}.`,
    {
      suggestion: "Send the header Content-Type: application/json.",
    },
  );
}
