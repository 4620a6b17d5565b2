/** How many event streams are open, so that nobody's forgotten tabs use the server up. */

import { singleton } from "@/lib/platform/singleton";

const open = singleton<Map<string, number>>("open-event-streams");

const MAX_ALL = 500;
/** Browsers open six connections to one server over HTTP/1.1; some must stay free for pages. */
const MAX_PER_USER = 4;

/** Takes a place for one stream of this user; undefined when there is none. Call what it returns when the stream ends. */
export function takeStreamPlace(userId: string): (() => void) | undefined {
  const places = open.peek() ?? new Map<string, number>();
  open.set(places);
  const own = places.get(userId) ?? 0;
  const all = [...places.values()].reduce((sum, count) => sum + count, 0);
  if (own >= MAX_PER_USER || all >= MAX_ALL) return undefined;
  places.set(userId, own + 1);
  let given = false;
  return () => {
    if (given) return;
    given = true;
    const left = (places.get(userId) ?? 1) - 1;
    if (left === 0) places.delete(userId);
    else places.set(userId, left);
  };
}
