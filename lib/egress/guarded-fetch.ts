/** Outbound HTTP behind the SSRF guard: checks destinations, follows no redirects, limits size and time. */

import type { LookupFunction } from "node:net";
import { type Dispatcher, request as send } from "undici";
import { boundedBody } from "@/lib/egress/body";
import { checkDestination, checkName, type EgressRules } from "@/lib/egress/destination";
import { createDispatcher, type ProxySettings, usesProxy } from "@/lib/egress/dispatcher";
import { EGRESS_LIMITS, type EgressLimits } from "@/lib/egress/limits";
import { networkError, unreachable } from "@/lib/egress/network-error";
import { type GuardedResponse, responseHeaders } from "@/lib/egress/response";
import { AppError } from "@/lib/platform/errors";

export type GuardedRequest = {
  url: URL;
  method?: "GET" | "HEAD" | "POST";
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Longer bodies end the transfer with `limit_exceeded`. */
  maxBytes: number;
  /** Overrides the default total time. */
  totalTimeoutMs?: number;
  signal?: AbortSignal | undefined;
};

/** One exchange. Wrappers such as metering have the same type. */
export type Send = (request: GuardedRequest) => Promise<GuardedResponse>;

export type GuardedFetch = Send & {
  /** Closes idle connections at once and the others when their exchange ends. */
  close(): Promise<void>;
};

export type GuardedFetchOptions = EgressRules & {
  limits?: Partial<EgressLimits>;
  /** Behind a proxy the resolved address is unknown: only names and literal addresses are checked. */
  proxy?: ProxySettings;
  ca?: string[];
  lookup?: LookupFunction;
};

/**
 * An HTTP client protected against SSRF. Redirects are returned like any other response: the caller decides whether to
 * follow, and each hop passes the same checks. Every status is a response, not an error.
 *
 * Throws `address_forbidden` (guard), `unreachable` (network, retryable), `answer_refused` (encoded body, headers over
 * the limit) or `limit_exceeded`, and the signal's reason if the caller aborts.
 */
export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const limits = { ...EGRESS_LIMITS, ...options.limits };
  const { proxy, ca, lookup } = options;
  const dispatcher = createDispatcher({ rules: options, limits, proxy, ca, lookup });
  const fetch = async (request: GuardedRequest): Promise<GuardedResponse> => {
    checkDestination(request.url, options);
    if (usesProxy(proxy)) checkName(request.url, options);
    return exchange(dispatcher, request, request.totalTimeoutMs ?? limits.totalTimeoutMs);
  };
  return Object.assign(fetch, { close: () => dispatcher.close() });
}

async function exchange(
  dispatcher: Dispatcher,
  request: GuardedRequest,
  totalTimeoutMs: number,
): Promise<GuardedResponse> {
  const { url, method = "GET", maxBytes } = request;
  const ending = watchTime(request, totalTimeoutMs);
  try {
    const answer = await send(url, {
      dispatcher,
      method,
      headers: { "user-agent": "gantry", ...request.headers, "accept-encoding": "identity" },
      body: request.body ?? null,
      signal: ending.signal,
    });
    const headers = responseHeaders(answer.headers);
    const body = boundedBody(answer.body, { url, maxBytes, headers, method, ...ending });
    if (isEncoded(headers.get("content-encoding"))) {
      await body.discard();
      throw encodedAnswer(url);
    }
    return { url, status: answer.statusCode, headers, ...body };
  } catch (error) {
    ending.done();
    throw ending.explain(error);
  }
}

/**
 * Combines the caller's signal with the total time; `explain` reports which of them, or what else, ended the exchange.
 */
function watchTime({ url, signal }: GuardedRequest, totalTimeoutMs: number) {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const stop = () => controller.abort(signal?.reason);
  const timer = setTimeout(() => controller.abort(unreachable(url, "too_slow")), totalTimeoutMs);
  signal?.addEventListener("abort", stop, { once: true });
  return {
    signal: controller.signal,
    done: () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    },
    explain: (error: unknown): unknown =>
      controller.signal.aborted ? controller.signal.reason : networkError(error, url),
  };
}

/** Encoded bodies were not requested and can be decompression bombs. */
function isEncoded(encoding = ""): boolean {
  return !/^(?:identity)?$/i.test(encoding.trim());
}

function encodedAnswer(url: URL): AppError {
  return new AppError(
    "answer_refused",
    `${url.host} sent an encoded response (Content-Encoding) that was not requested.`,
    { suggestion: "Configure the server, or the cache in front of it, to honor Accept-Encoding: identity." },
  );
}
