/** Which two instants the page compares. */

export type Period = {
  /** RFC 3339; `to` is now where it is undefined. */
  from: string;
  to: string | undefined;
  /** As the form shows them: whole days in UTC. */
  days: { from: string; to: string };
  /** The chosen one of `PRESETS`, if it is one. */
  preset: number | undefined;
};

/** Whole days back, today included. */
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
 * Days, or whole instants as the API takes them. What is not understood counts as not said: people edit addresses. A day
 * that has not ended ends now.
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

/** The first of `days` days that end today. */
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

/** An instant of the past, to the millisecond. */
function readInstant(text: Given["from"], now: Date): string | undefined {
  const [given] = [text].flat();
  if (given === undefined || !/^\d{4}-\d{2}-\d{2}T\S+$/.test(given)) return undefined;
  const instant = new Date(given);
  return Number.isNaN(instant.getTime()) || instant > now ? undefined : instant.toISOString();
}
