import type { IncomingMessage } from "node:http";
import type { RegistryLimits } from "@/scripts/demo/registry/limits";
import type { Store } from "@/scripts/demo/registry/store";
import type { Uploads } from "@/scripts/demo/registry/uploads";

export type Answer = { status: number; headers?: Record<string, string | number>; body?: Buffer | undefined };

/** One request to one repository; `rest` is what follows the endpoint's word: a tag, a digest, an upload's id. */
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
