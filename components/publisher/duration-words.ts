const UNITS = [
  { seconds: 86_400, one: "a day", many: "days" },
  { seconds: 3_600, one: "an hour", many: "hours" },
  { seconds: 60, one: "a minute", many: "minutes" },
];

/** A length of time as people say it: `about 3 hours`, `less than a minute`. Rounded to the nearest unit. */
export function durationWords(seconds: number): string {
  const unit = UNITS.find((each) => seconds >= each.seconds * 0.95);
  if (unit === undefined) return "less than a minute";
  const count = Math.round(seconds / unit.seconds);
  return count === 1 ? `about ${unit.one}` : `about ${count} ${unit.many}`;
}
