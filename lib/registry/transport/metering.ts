import type { Send } from "@/lib/egress/guarded-fetch";
import { withBody } from "@/lib/egress/response";
import type { Cost } from "@/lib/registry/client-types";

/** Wraps a fetch to count the requests that it sends and the body bytes that its callers read. */
export function metered(send: Send): { send: Send; cost: () => Cost } {
  const cost = { requests: 0, bytes: 0 };
  async function* counted(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of body) {
      cost.bytes += chunk.length;
      yield chunk;
    }
  }
  return {
    send: async (request) => {
      cost.requests += 1;
      const response = await send(request);
      return withBody(response, counted(response.body));
    },
    cost: () => ({ ...cost }),
  };
}
