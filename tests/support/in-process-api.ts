/** Operations of the API without HTTP: from the table of routes to their answer, in this process. */

import type { ApiAnswer } from "@/lib/api/answers/answer";
import { createDispatch } from "@/lib/api/dispatch";
import type { ApiRequest } from "@/lib/api/route";
import { ROUTES } from "@/lib/api/table";
import type { Actor } from "@/lib/journal/actor";

export type OperationCall = {
  actor: Actor;
  /** By the name of the path's parameter. */
  params?: Record<string, string>;
  body?: unknown;
};

/** Rejects when the operation refuses. Expects the services of the process to be there. */
export async function callOperation(
  operationId: string,
  { actor, params = {}, body }: OperationCall,
): Promise<ApiAnswer> {
  const route = ROUTES.find((one) => one.operationId === operationId);
  if (route === undefined) throw new Error(`there is no operation ${operationId}`);
  const path = route.path.replace(/\{(\w+)\}/g, (_whole, name: string) => params[name] ?? "");
  const dispatch = createDispatch(ROUTES, { authenticate: async () => actor });
  const { answer } = await dispatch(requestOf(route.method, path, body));
  if ("status" in answer && answer.status >= 300)
    throw new Error(`${operationId} answered ${textOf(answer)}`);
  return answer;
}

function textOf(answer: Extract<ApiAnswer, { status: number }>): string {
  const body = answer.kind === "bytes" ? Buffer.from(answer.bytes).toString() : JSON.stringify(answer);
  return `${answer.status}: ${body}`;
}

function requestOf(method: string, path: string, body: unknown): ApiRequest {
  const headers: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
  return {
    ...{ method, path, query: undefined, ip: "192.0.2.1", requestId: "in-process" },
    header: (name) => headers[name],
    body: async () => Buffer.from(body === undefined ? "" : JSON.stringify(body)),
    signal: () => new AbortController().signal,
  };
}
