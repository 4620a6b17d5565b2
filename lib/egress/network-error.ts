import { AppError, isAppError } from "@/lib/platform/errors";

/**
 * Why there was no usable response. `timeout`: the server was silent. `too_slow`: the exchange exceeded its total time.
 */
export type NetworkFailure = "dns" | "refused" | "reset" | "timeout" | "too_slow" | "tls" | "protocol";

/**
 * Converts a network error to an `AppError`: `unreachable` (retryable, with `details.failure`), `answer_refused` for
 * too many header bytes, or the guard's own refusal found inside the error.
 */
export function networkError(error: unknown, url: URL): AppError {
  const chain = errorChain(error);
  const refusal = chain.find(isAppError);
  if (refusal !== undefined) return refusal;
  const codes = chain.flatMap(codeOf);
  if (codes.includes("UND_ERR_HEADERS_OVERFLOW") || codes.includes("HPE_HEADER_OVERFLOW")) {
    return new AppError("answer_refused", `${url.host} sent too many headers.`, {
      suggestion: "Ask its operator which headers the server, or a proxy in front of it, adds.",
      details: { host: url.host },
      cause: error,
    });
  }
  if (codes.includes("UND_ERR_CLOSED") || codes.includes("UND_ERR_DESTROYED")) {
    return new AppError("stopping", "Outgoing requests have stopped.", {
      suggestion: "Try again when Gantry is running again.",
      retryable: true,
      cause: error,
    });
  }
  if (codes.includes("UND_ERR_INVALID_ARG")) {
    return new AppError("internal", `A request to ${url.host} was malformed.`, {
      suggestion: "Report this error with the log line of this request.",
      cause: error,
    });
  }
  const failure = codes.map(failureOf).find((each) => each !== undefined) ?? "reset";
  return unreachable(url, failure, error);
}

export function unreachable(url: URL, failure: NetworkFailure, cause?: unknown): AppError {
  return new AppError("unreachable", `${url.host} could not be reached: ${REASONS[failure]}.`, {
    suggestion: SUGGESTIONS[failure] ?? "Try again later. Nothing was changed.",
    retryable: true,
    details: { host: url.host, failure },
    cause,
  });
}

const REASONS: Record<NetworkFailure, string> = {
  dns: "its name has no address",
  refused: "it refused the connection",
  reset: "the connection broke",
  timeout: "it did not respond in time",
  too_slow: "it responded too slowly",
  tls: "its certificate is not trusted, or TLS failed",
  protocol: "its response is not valid HTTP",
};

const SUGGESTIONS: Partial<Record<NetworkFailure, string>> = {
  dns: "Check the host name and try again.",
  tls: "Renew its certificate, or add its certificate authority to NODE_EXTRA_CA_CERTS.",
};

/** The error, its causes and the members of aggregates, outermost first. Bounded, because causes can be circular. */
function errorChain(error: unknown): unknown[] {
  const chain: unknown[] = [];
  const waiting = [error];
  while (waiting.length > 0 && chain.length < 20) {
    const current = waiting.shift();
    if (!(current instanceof Error)) continue;
    chain.push(current);
    waiting.push(current.cause);
    if (current instanceof AggregateError) waiting.push(...current.errors);
  }
  return chain;
}

function codeOf(error: unknown): string[] {
  const hasCode = typeof error === "object" && error !== null && "code" in error;
  return hasCode && typeof error.code === "string" ? [error.code] : [];
}

function failureOf(code: string): NetworkFailure | undefined {
  if (code === "ENOTFOUND" || code.startsWith("EAI_")) return "dns";
  if (["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL"].includes(code)) return "refused";
  if (code === "ETIMEDOUT" || /^UND_ERR_.*TIMEOUT$/.test(code)) return "timeout";
  if (/CERT|SELF_SIGNED|UNABLE_TO_|^ERR_TLS|^ERR_SSL|^EPROTO$|^UND_ERR_PRX_TLS$/.test(code)) return "tls";
  if (code.startsWith("HPE_") || code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH") return "protocol";
  if (["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"].includes(code)) return "reset";
  // If no signal of Gantry's aborted, the proxy did not open the tunnel.
  if (code === "UND_ERR_ABORTED") return "refused";
  return undefined;
}
