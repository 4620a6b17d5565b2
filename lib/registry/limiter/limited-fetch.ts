import type { Send } from "@/lib/egress/guarded-fetch";
import type { GuardedResponse } from "@/lib/egress/response";
import { hasCode } from "@/lib/platform/errors";
import type { Priority } from "@/lib/platform/priority-semaphore";
import type { Outcome } from "@/lib/registry/limiter/circuit-breaker";
import type { Pass } from "@/lib/registry/limiter/host-limiter";
import type { HostLimiters } from "@/lib/registry/limiter/host-limiters";

/** The same fetch, each request through the gate of its host; a place is kept until the body has ended. */
export function limited(send: Send, gates: HostLimiters, priority: Priority): Send {
  return async (request) => {
    const pass = await gates.at(request.url.host).enter(priority, request.signal);
    try {
      const response = await send(request);
      pass.onResponse(response);
      return watched(response, pass);
    } catch (error) {
      pass.release(outcomeOf(error));
      throw error;
    }
  };
}

function watched(response: GuardedResponse, pass: Pass): GuardedResponse {
  const outcome: Outcome = response.status >= 500 ? "failed" : "answered";
  async function* body(): AsyncGenerator<Uint8Array> {
    try {
      yield* response.body;
    } catch (error) {
      pass.release(outcomeOf(error));
      throw error;
    } finally {
      pass.release(outcome);
    }
  }
  // Whoever never begins to read the body loses it with the total time; a reader's own error comes first.
  void response.ended.then(() => setImmediate(() => pass.release(outcome)));
  return { ...response, body: body() };
}

/** Refusals of ours and aborts of the caller say nothing about the host. */
function outcomeOf(error: unknown): Outcome {
  return hasCode(error, "registry_unreachable") ? "failed" : "unknown";
}
