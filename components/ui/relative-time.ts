const UNITS = [
  { unit: "year", ms: 365 * 86_400_000 },
  { unit: "month", ms: 30 * 86_400_000 },
  { unit: "day", ms: 86_400_000 },
  { unit: "hour", ms: 3_600_000 },
  { unit: "minute", ms: 60_000 },
] as const;

const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const EXACT = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** `3 days ago`, `in 2 hours`, `just now`. Rounds toward the present, so that nothing looks older than it is. */
export function relativeTime(at: Date, now: Date): string {
  const distanceMs = at.getTime() - now.getTime();
  const fitting = UNITS.find(({ ms }) => Math.abs(distanceMs) >= ms);
  if (fitting === undefined) return distanceMs > 0 ? "in a moment" : "just now";
  return RELATIVE.format(Math.trunc(distanceMs / fitting.ms), fitting.unit);
}

/** `20 November 2026 at 19:50 UTC`. */
export function exactTime(at: Date): string {
  return `${EXACT.format(at)} UTC`;
}

/** `20 November 2026`, in UTC. */
export function exactDay(at: Date): string {
  return DAY.format(at);
}
