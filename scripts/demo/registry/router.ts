import { type Answer, type Call, jsonBody } from "@/scripts/demo/registry/answer";
/** Routes a request to its endpoint in the distribution-spec ("Endpoints"). */

import type { IncomingMessage, ServerResponse } from "node:http";
import { answerBlob } from "@/scripts/demo/registry/blobs";
import { requireName } from "@/scripts/demo/registry/content";
import { RegistryError } from "@/scripts/demo/registry/errors";
import { answerManifest } from "@/scripts/demo/registry/manifests";
import { answerReferrers } from "@/scripts/demo/registry/referrers";
import { answerTags } from "@/scripts/demo/registry/tags";
import { answerUpload } from "@/scripts/demo/registry/upload-blobs";

const ENDPOINT =
  /^\/v2\/(.+?)\/(?:(blobs\/uploads)\/([^/]*)|(blobs|manifests|referrers)\/([^/]+)|(tags)\/list)$/;
const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;

export async function answerRequest(
  parts: Pick<Call, "store" | "uploads" | "limits">,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let answer: Answer;
  try {
    refuseForeignHost(request);
    answer = await route(parts, request);
  } catch (error) {
    answer = errorAnswer(error);
    // The rest of the body is not read, so the connection cannot be reused.
    if (!request.complete) response.setHeader("connection", "close");
  }
  const { status, headers = {}, body } = answer;
  response.writeHead(status, {
    "docker-distribution-api-version": "registry/2.0",
    ...(status === 204 || status === 304 ? {} : { "content-length": body?.length ?? 0 }),
    ...headers,
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

async function route(
  parts: Pick<Call, "store" | "uploads" | "limits">,
  request: IncomingMessage,
): Promise<Answer> {
  const url = new URL(request.url ?? "/", "http://registry");
  const path = decoded(url.pathname);
  if (path === "/v2/" || path === "/v2") return { status: 200, ...jsonBody({}) };
  const [, name = "", upload, id = "", content, reference = ""] = ENDPOINT.exec(path) ?? [];
  if (name === "") throw new RegistryError("UNSUPPORTED", "no such endpoint", 404);
  const method = request.method ?? "GET";
  const rest = upload === undefined ? reference : id;
  const call: Call = { ...parts, method, name: requireName(name), rest, query: url.searchParams, request };
  if (upload !== undefined) return answerUpload(call);
  if (content === "blobs") return answerBlob(call);
  if (content === "manifests") return answerManifest(call);
  if (content === "referrers") return answerReferrers(call);
  return answerTags(call);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new RegistryError("NAME_INVALID", "the URL is malformed");
  }
}

/**
 * DNS rebinding protection: a web page could otherwise reach this registry under its own name that resolves to
 * loopback.
 */
function refuseForeignHost({ headers }: IncomingMessage): void {
  if (LOOPBACK_HOST.test(headers.host ?? "")) return;
  throw new RegistryError("DENIED", "this registry serves loopback host names only");
}

function errorAnswer(error: unknown): Answer {
  const known =
    error instanceof RegistryError ? error : new RegistryError("UNSUPPORTED", "the request failed", 500);
  if (known !== error) console.error(error);
  const { code, message, status } = known;
  return { status, ...jsonBody({ errors: [{ code, message, detail: null }] }) };
}
