import type { IncomingMessage } from "node:http";
import type { Answer } from "@/tests/support/registries/hostile-registry";

/** How a registry lists tags. */
export type TagListHabits = {
  /** In this order. */
  tags: readonly string[];
  /** The most names on a page, whatever `n` says. */
  atMost?: number;
  /** Names on a page without `n`. Default: all. */
  byDefault?: number;
  ignores?: readonly ("n" | "last")[];
  /** `n` above this is an error. */
  refusesAbove?: number;
  /** The next page starts with the last name of the page before. */
  repeatsLast?: boolean;
  /** How the next page continues after a name: after its place (default), or with the names greater than it. */
  byName?: boolean;
  /** The `Link` to the page after `last`; default: none is sent. */
  link?: (last: string, n: number) => string;
};

/** Answers a request for a tag list. */
export function listTagsWith(habits: TagListHabits): (request: IncomingMessage) => Answer {
  const { atMost = Number.POSITIVE_INFINITY, byDefault = Number.POSITIVE_INFINITY, ignores = [] } = habits;
  return ({ url = "" }) => {
    const query = new URL(url, "http://registry").searchParams;
    const n = ignores.includes("n") ? null : query.get("n");
    if (Number(n) > (habits.refusesAbove ?? Number.POSITIVE_INFINITY)) return PAGE_SIZE_REFUSED;
    const rest = following(habits, ignores.includes("last") ? null : query.get("last"));
    const page = rest.slice(0, Math.min(n === null ? byDefault : Number(n), atMost));
    const last = page.at(-1);
    const isCut = page.length < rest.length && last !== undefined;
    const target = isCut ? habits.link?.(last, page.length) : undefined;
    return {
      headers: target === undefined ? {} : { link: `<${target}>; rel="next"` },
      body: JSON.stringify({ name: "x", tags: page }),
    };
  };
}

const PAGE_SIZE_REFUSED: Answer = {
  status: 400,
  body: '{"errors":[{"code":"PAGINATION_NUMBER_INVALID","message":"invalid number of results requested"}]}',
};

function following({ tags, repeatsLast = false, byName = false }: TagListHabits, last: string | null) {
  if (last === null) return [...tags];
  if (byName) return tags.filter((tag) => tag > last);
  return tags.slice(tags.indexOf(last) + (repeatsLast ? 0 : 1));
}
