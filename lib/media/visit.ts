import type { Send } from "@/lib/egress/guarded-fetch";
import type { GuardedResponse } from "@/lib/egress/response";
import { MEDIA_LIMITS } from "@/lib/media/media-limits";
import { type AppError, isAppError } from "@/lib/platform/errors";

/**
 * The outcome of fetching a URL that a label names. `gone`: the server says so. `forbidden`: fetching from that address
 * is not allowed. `no_answer`: no usable response, without anyone's fault. `why` is part of a sentence, without path or
 * query.
 */
export type Visit<Value> =
  /** `url`: where redirects ended. */
  | { kind: "arrived"; value: Value; url: URL }
  /** `url`: where the answer came from. `status`: undefined without one. */
  | {
      kind: "gone" | "forbidden" | "refused" | "too_large" | "no_answer";
      why: string;
      status?: number;
      url?: URL;
    };

export type VisitOptions<Value> = {
  send: Send;
  url: URL;
  accept: string;
  /** A longer body is `too_large`. */
  maxBytes: number;
  signal: AbortSignal;
  /** Called with a successful response; must read or discard its body. */
  read: (response: GuardedResponse) => Promise<Value>;
};

/**
 * Requests `url` and follows at most three redirects, each over https and each checked when Gantry connects. Sends no
 * cookies, credentials or referrer. Throws only the signal's reason, which ends the whole inspection.
 */
export async function visit<Value>(options: VisitOptions<Value>): Promise<Visit<Value>> {
  try {
    return await follow(options);
  } catch (error) {
    options.signal.throwIfAborted();
    if (isAppError(error)) return failed(error, options.maxBytes);
    throw error;
  }
}

async function follow<Value>(options: VisitOptions<Value>): Promise<Visit<Value>> {
  let { url } = options;
  for (let redirects = 0; redirects <= MEDIA_LIMITS.redirects; redirects += 1) {
    const response = await options.send({
      url,
      headers: { accept: options.accept },
      maxBytes: options.maxBytes,
      totalTimeoutMs: MEDIA_LIMITS.exchangeMs,
      signal: options.signal,
    });
    if (response.status === 200) return { kind: "arrived", value: await options.read(response), url };
    await response.discard();
    if (!REDIRECTS.has(response.status)) return answered(response.status, url);
    const next = URL.parse(response.headers.get("location") ?? "", url.href);
    if (next === null) return { kind: "gone", why: `${url.host} redirects to nowhere` };
    url = withoutFragment(next);
  }
  return { kind: "gone", why: `there are more than ${MEDIA_LIMITS.redirects} redirects` };
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Statuses that are about the server or Gantry, not about the URL. */
const PASSING = new Set([408, 425, 429]);

function answered<Value>(status: number, url: URL): Visit<Value> {
  const why = `${url.host} answers with status ${status}`;
  if (status === 404 || status === 410)
    return { kind: "gone", why: `${why}: there is no such file`, status, url };
  return { kind: status >= 500 || PASSING.has(status) ? "no_answer" : "refused", why, status, url };
}

function failed<Value>(error: AppError, maxBytes: number): Visit<Value> {
  if (error.code === "address_forbidden") return { kind: "forbidden", why: FORBIDDEN };
  if (error.code === "limit_exceeded" && error.details?.maxBytes === maxBytes) {
    return { kind: "too_large", why: `it has more than ${maxBytes} bytes` };
  }
  return { kind: "no_answer", why: error.message.replace(/\.$/, "") };
}

/** Names no addresses: how a name resolves inside a network is confidential. */
const FORBIDDEN = "it is not an https URL on the public internet";

function withoutFragment(url: URL): URL {
  const bare = new URL(url);
  bare.hash = "";
  return bare;
}
