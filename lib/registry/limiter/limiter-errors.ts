import { AppError } from "@/lib/platform/errors";
import type { RegistryQuota } from "@/lib/registry/limiter/registry-quota";
import { demandedPause } from "@/lib/registry/oci/demanded-pause";

/** The host itself named the time to retry. */
export function askedToWait(host: string, untilMs: number, nowMs: number): AppError {
  const options = waiting(host, untilMs, nowMs, "Gantry retries after that. No action needed.");
  const details = { ...options.details, ...demandedPause(untilMs) };
  return new AppError(
    "registry_rate_limited",
    `${host} rate-limits Gantry until ${clock(untilMs)}. Gantry sent no request.`,
    { ...options, details },
  );
}

/** Applies to background work only. */
export function keptForPeople(
  host: string,
  allowance: RegistryQuota | undefined,
  untilMs: number,
  nowMs: number,
): AppError {
  const { remaining = 0, limit = 0 } = allowance ?? {};
  return new AppError(
    "registry_rate_limited",
    `${host} allows ${remaining} more of ${limit} requests, and Gantry reserves them for waiting people. It sent no request.`,
    waiting(host, untilMs, nowMs, `Scans continue after ${clock(untilMs)}.`),
  );
}

/** Applies to anonymous callers only. */
export function strangersAreDone(host: string, untilMs: number, nowMs: number): AppError {
  return new AppError(
    "registry_rate_limited",
    `Checks without an account have used up their share of requests to ${host}. Gantry sent no request.`,
    waiting(host, untilMs, nowMs, `Sign in or send an API token, or try again after ${clock(untilMs)}.`),
  );
}

export function leftAlone(host: string, failures: number, untilMs: number, nowMs: number): AppError {
  return new AppError(
    "registry_unreachable",
    `${host} failed ${failures} times in a row, so Gantry sends no requests until ${clock(untilMs)} (circuit breaker).`,
    waiting(host, untilMs, nowMs, "Gantry retries after that. Other registries are not affected."),
  );
}

/** Other repositories of the host still get answers. */
export function scopeLeftAlone(
  host: string,
  scope: string,
  { failures, untilMs, nowMs }: { failures: number; untilMs: number; nowMs: number },
): AppError {
  return new AppError(
    "registry_unreachable",
    `The token server ${host} failed ${failures} times in a row for ${scope}, so Gantry sends no requests for it until ${clock(untilMs)} (circuit breaker).`,
    waiting(host, untilMs, nowMs, "Gantry retries after that. Other repositories are not affected."),
  );
}

function waiting(host: string, untilMs: number, nowMs: number, suggestion: string) {
  return {
    suggestion,
    retryable: true,
    retryAfterSeconds: Math.max(1, Math.ceil((untilMs - nowMs) / 1000)),
    details: { host, until: new Date(untilMs).toISOString() },
  };
}

/** `2026-11-20 12:05:00 UTC` */
function clock(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
