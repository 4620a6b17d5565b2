/**
 * Which tags a scheduled scan asks about. A registry can only be asked tag by tag where each points, and most tags never
 * move: the new ones and the newest are asked for every time, the others in turn.
 */

/** Known tags that every scan asks about; with no more of them, every scan asks about all. */
export const NEWEST = 50;

/** In so many scans, all others are asked about once. */
export const TURNS = 8;

/** `tags`: newest first. `round`: rises by one from scan to scan. */
export function tagsToLookAt(
  tags: readonly string[],
  known: ReadonlyMap<string, string>,
  round: number,
): Set<string> {
  const fresh = tags.filter((tag) => !known.has(tag));
  const newestFirst = tags.filter((tag) => known.has(tag));
  const inTurn = newestFirst.slice(NEWEST).filter((tag) => turnOf(tag) === round % TURNS);
  return new Set([...fresh, ...newestFirst.slice(0, NEWEST), ...inTurn]);
}

/** By the name, so that it stays the same when tags come and go. */
function turnOf(tag: string): number {
  let sum = 0;
  for (const character of tag) sum = (sum * 31 + character.charCodeAt(0)) % 65_521;
  return sum % TURNS;
}
