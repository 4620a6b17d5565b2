/**
 * Which tags a scheduled scan looks up. A registry answers for one tag at a time, and most tags never move: new tags
 * and the newest ones are looked up every time, the others in turn.
 */

/** The newest known tags, which every scan looks up. */
export const NEWEST = 50;

/** Every other known tag is looked up once in this many scans. */
export const TURNS = 8;

/** `tags`: newest first. `round`: increases by one with each scan. */
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

/** Depends on the name alone, so that it stays the same when tags come and go. */
function turnOf(tag: string): number {
  let sum = 0;
  for (const character of tag) sum = (sum * 31 + character.charCodeAt(0)) % 65_521;
  return sum % TURNS;
}
