import type { IncomingMessage } from "node:http";
import type { RegistryLimits } from "@/scripts/demo/registry/limits";
import type { Store } from "@/scripts/demo/registry/store";
import type { Uploads } from "@/scripts/demo/registry/uploads";

export type Answer = { status: number; headers?: Record<string, string | number>; body?: Buffer | undefined };

/**
 * A request to one repository; `rest` is the part of the path after the endpoint: a tag, a digest, or an upload ID.
 */
export type Call = {
  store: Store;
  uploads: Uploads;
  limits: RegistryLimits;
  method: string;
  name: string;
  rest: string;
  query: URLSearchParams;
  request: IncomingMessage;
};

export function jsonBody(value: unknown): Required<Pick<Answer, "headers" | "body">> {
  return { headers: { "content-type": "application/json" }, body: Buffer.from(JSON.stringify(value)) };
}
