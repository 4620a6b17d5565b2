/** The period that the page of changes covers. */

export type Period = {
  /** RFC 3339; without `to`, the period ends now. */
  from: string;
  to: string | undefined;
  /** The days in UTC that the form shows. */
  days: { from: string; to: string };
  /** The matching preset, in days. */
  preset: number | undefined;
};

/** Days back, including today. */
export const PRESETS = [
  { days: 1, label: "Today" },
  { days: 7, label: "7 days" },
  { days: 30, label: "30 days" },
] as const;

const DEFAULT_DAYS = 7;
const DAY_CHARACTERS = 10;
const DAY_MS = 24 * 60 * 60 * 1000;

type Given = { from?: string | string[] | undefined; to?: string | string[] | undefined };

/**
 * Accepts days, or instants as in the API. Ignores invalid input: people edit URLs. A day that has not ended yet ends now.
 */
export function periodOf(given: Given, now: Date): Period {
  const today = dayOf(now);
  const [fromInstant, toInstant] = [readInstant(given.from, now), readInstant(given.to, now)];
  const to = readDay(given.to) ?? toInstant?.slice(0, DAY_CHARACTERS) ?? today;
  const from = readDay(given.from) ?? fromInstant?.slice(0, DAY_CHARACTERS) ?? daysBefore(now, DEFAULT_DAYS);
  const isPreset = fromInstant === undefined && to === today;
  return {
    from: fromInstant ?? `${from}T00:00:00.000Z`,
    to: toInstant ?? (to >= today ? undefined : `${to}T23:59:59.999Z`),
    days: { from, to },
    preset: PRESETS.find(({ days }) => isPreset && from === daysBefore(now, days))?.days,
  };
}

export function presetHref(days: number, now: Date): string {
  return `/admin/allow-list/changes?from=${daysBefore(now, days)}`;
}

/** The first day of a period of `days` days that ends today. */
function daysBefore(now: Date, days: number): string {
  return dayOf(new Date(now.getTime() - (days - 1) * DAY_MS));
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

function readDay(text: Given["from"]): string | undefined {
  const [day] = [text].flat();
  if (day === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const date = new Date(`${day}T00:00:00.000Z`);
  return Number.isNaN(date.getTime()) || dayOf(date) !== day ? undefined : day;
}

/** A past instant, to the millisecond. */
function readInstant(text: Given["from"], now: Date): string | undefined {
  const [given] = [text].flat();
  if (given === undefined || !/^\d{4}-\d{2}-\d{2}T\S+$/.test(given)) return undefined;
  const instant = new Date(given);
  return Number.isNaN(instant.getTime()) || instant > now ? undefined : instant.toISOString();
}
