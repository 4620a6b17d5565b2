/** Limits the number of open event streams, so that forgotten tabs don't exhaust the server. */

import { singleton } from "@/lib/platform/singleton";

const open = singleton<Map<string, number>>("open-event-streams");

const MAX_ALL = 500;
/** Browsers open six connections per server over HTTP/1.1; some must stay free for pages. */
const MAX_PER_USER = 4;

/** Reserves a stream for this user; undefined at the limit. Call the returned function when the stream ends. */
export function reserveStream(userId: string): (() => void) | undefined {
  const counts = open.peek() ?? new Map<string, number>();
  open.set(counts);
  const own = counts.get(userId) ?? 0;
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (own >= MAX_PER_USER || all >= MAX_ALL) return undefined;
  counts.set(userId, own + 1);
  let released = false;
  return () => {
    if (released) return;
    released = true;
    const left = (counts.get(userId) ?? 1) - 1;
    if (left === 0) counts.delete(userId);
    else counts.set(userId, left);
  };
}
