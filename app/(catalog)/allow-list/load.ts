import { queueTurn } from "@/app/_page/queue-turn";
import { catalog } from "@/lib/catalog/catalog";
import { services } from "@/lib/journal/context";
import { allowListAt } from "@/lib/marketplace/history/allow-list-at";
import type { AllowListItem } from "@/lib/marketplace/publishing/allow-list-item";
import { hasCode } from "@/lib/platform/errors";

export type AllowListView =
  | {
      kind: "list";
      items: readonly AllowListItem[];
      /** RFC 3339; undefined for now. */
      at: string | undefined;
    }
  | { kind: "refused"; message: string }
  /** The database is unavailable; only past lists need it. */
  | { kind: "unavailable" }
  /** Too many requests for past lists. */
  | { kind: "busy" };

/** The format of the form's field: UTC without seconds or a zone. */
const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?$/;
const ZONED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:\d{2})$/;

export async function loadAllowList(at: string | undefined): Promise<AllowListView> {
  if (at === undefined) return { kind: "list", items: catalog.get().current().allowListItems(), at };
  const instant = readInstant(at);
  if (instant === undefined) {
    return { kind: "refused", message: "Invalid date and time. Enter it in UTC as 2026-11-20T10:00." };
  }
  try {
    const { items } = await allowListAt(services.get().db, instant, await queueTurn());
    return { kind: "list", items, at: instant };
  } catch (error) {
    if (hasCode(error, "database_unavailable") || hasCode(error, "starting")) return { kind: "unavailable" };
    if (hasCode(error, "busy")) return { kind: "busy" };
    if (!hasCode(error, "instant_in_future")) throw error;
    return {
      kind: "refused",
      message: "This time is in the future. Enter a date and time in the past.",
    };
  }
}

/** An instant as RFC 3339; undefined if it is invalid. */
export function readInstant(text: string): string | undefined {
  // An unescaped plus in a query becomes a space.
  const written = text.replace(/ (\d{2}:\d{2})$/, "+$1");
  const zoned = LOCAL.test(written) ? `${withSeconds(written)}Z` : written;
  return ZONED.test(zoned) && isOnCalendar(zoned) ? zoned : undefined;
}

function withSeconds(local: string): string {
  return local.length === "2026-11-20T10:00".length ? `${local}:00` : local;
}

/** `Date` turns February 30 into a day in March. */
function isOnCalendar(instant: string): boolean {
  const day = new Date(`${instant.slice(0, 10)}T00:00:00Z`);
  const isDay = !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === instant.slice(0, 10);
  return isDay && day.getUTCFullYear() > 0 && !Number.isNaN(Date.parse(instant));
}
