import type { GuardedRequest, Send } from "@/lib/egress/guarded-fetch";
import type { GuardedResponse } from "@/lib/egress/response";
import { hasCode } from "@/lib/platform/errors";
import type { Priority } from "@/lib/platform/priority-semaphore";
import type { Outcome } from "@/lib/registry/limiter/circuit-breaker";
import type { Pass } from "@/lib/registry/limiter/host-limiter";
import type { HostLimiters } from "@/lib/registry/limiter/host-limiters";

/**
 * `account`: the credentials that the request carries; registries count their requests separately. `scope`: the
 * repository that a token is requested for; a token server can fail for one and work for others.
 */
export type LimitedRequest = GuardedRequest & { account?: string | undefined; scope?: string | undefined };

export type LimitedSend = (request: LimitedRequest) => Promise<GuardedResponse>;

/** Wraps `send` with the limiter of each host and account. A request holds its slot until its body has ended. */
export function limited(send: Send, gates: HostLimiters, priority: Priority): LimitedSend {
  return async ({ account, scope, ...request }) => {
    const pass = await gates.at(request.url.host, account).enter(priority, request.signal, scope);
    try {
      const response = await send(request);
      pass.onResponse(response);
      return watched(response, pass, scope === undefined ? "failed" : "failed_for_scope");
    } catch (error) {
      pass.release(outcomeOf(error));
      throw error;
    }
  };
}

function watched(response: GuardedResponse, pass: Pass, failure: Outcome): GuardedResponse {
  const outcome = response.status >= 500 ? failure : "answered";
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
  // A body that is never read ends with the total time; a reader's own error takes precedence.
  void response.ended.then(() => setImmediate(() => pass.release(outcome)));
  return { ...response, body: body() };
}

/** Gantry's own refusals and aborts by the caller say nothing about the host. */
function outcomeOf(error: unknown): Outcome {
  return hasCode(error, "registry_unreachable") ? "failed" : "unknown";
}
