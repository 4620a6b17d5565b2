import { exactDay, exactTime, relativeTime } from "@/components/ui/relative-time";

type TimeProps = {
  /** RFC 3339, or a date. */
  at: string | Date;
  now?: Date;
  /** `relative`: 3 days ago; `day`: 20 November 2026; `exact`: with the time of day. Hovering shows the exact time. */
  as?: "relative" | "day" | "exact";
};

export function Time({ at, now = new Date(), as = "relative" }: TimeProps) {
  const date = typeof at === "string" ? new Date(at) : at;
  return (
    <time dateTime={date.toISOString()} title={exactTime(date)} suppressHydrationWarning>
      {textOf(date, now, as)}
    </time>
  );
}

function textOf(date: Date, now: Date, as: NonNullable<TimeProps["as"]>): string {
  switch (as) {
    case "relative":
      return relativeTime(date, now);
    case "day":
      return exactDay(date);
    case "exact":
      return exactTime(date);
  }
}
