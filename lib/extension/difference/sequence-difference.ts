/** A run of items that are in both sequences, only in the later one, or only in the earlier one, in reading order. */
export type Run<Item> = { kind: "same" | "added" | "removed"; items: Item[] };

/** Beyond this many items, apart from a common beginning and end, sequences are not compared. */
const MAX_ITEMS = 20_000;

/**
 * The shortest edit script from `before` to `after` (Myers, “An O(ND) difference algorithm”, 1986). At one place,
 * removals come before additions. Undefined if more than `maxEdits` edits are needed. Takes at most `maxEdits` ×
 * (both lengths + `maxEdits`) steps.
 */
export function sequenceDifference<Item>(
  before: readonly Item[],
  after: readonly Item[],
  maxEdits: number,
): Run<Item>[] | undefined {
  const start = sharedStart(before, after);
  const end = sharedEnd(before.slice(start), after.slice(start));
  const [old, now] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const isOneSided = old.length === 0 || now.length === 0;
  if (!isOneSided && old.length + now.length > MAX_ITEMS) return undefined;
  const middle = isOneSided ? whole(old, now) : edits(old, now, maxEdits);
  if (middle === undefined) return undefined;
  return merged([
    { kind: "same", items: before.slice(0, start) },
    ...middle,
    { kind: "same", items: before.slice(before.length - end) },
  ]);
}

/** Trivial cases need no limit on edits. */
function whole<Item>(removed: readonly Item[], added: readonly Item[]): Run<Item>[] {
  return [
    { kind: "removed", items: [...removed] },
    { kind: "added", items: [...added] },
  ];
}

function sharedStart(before: readonly unknown[], after: readonly unknown[]): number {
  let at = 0;
  while (at < before.length && at < after.length && before[at] === after[at]) at += 1;
  return at;
}

function sharedEnd(before: readonly unknown[], after: readonly unknown[]): number {
  let count = 0;
  while (
    count < before.length &&
    count < after.length &&
    before[before.length - 1 - count] === after[after.length - 1 - count]
  )
    count += 1;
  return count;
}

/** The furthest position in `before` on each diagonal, by number of edits. */
type Frontier = ReadonlyMap<number, number>;

function edits<Item>(
  before: readonly Item[],
  after: readonly Item[],
  maxEdits: number,
): Run<Item>[] | undefined {
  const frontiers: Frontier[] = [];
  let frontier: Frontier = new Map([[1, 0]]);
  for (let count = 0; count <= maxEdits; count += 1) {
    frontiers.push(frontier);
    const next = new Map(frontier);
    for (let diagonal = -count; diagonal <= count; diagonal += 2) {
      let x = furthest(frontier, diagonal, count);
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x += 1;
      next.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return walkBack(before, after, frontiers);
    }
    frontier = next;
  }
  return undefined;
}

/**
 * Start of a path on `diagonal`: one addition below the diagonal above it, or one removal next to the one below it.
 */
function furthest(frontier: Frontier, diagonal: number, count: number): number {
  return isAddition(frontier, diagonal, count)
    ? reached(frontier, diagonal + 1)
    : reached(frontier, diagonal - 1) + 1;
}

function isAddition(frontier: Frontier, diagonal: number, count: number): boolean {
  if (diagonal === -count) return true;
  return diagonal !== count && reached(frontier, diagonal - 1) < reached(frontier, diagonal + 1);
}

function reached(frontier: Frontier, diagonal: number): number {
  return frontier.get(diagonal) ?? 0;
}

function walkBack<Item>(
  before: readonly Item[],
  after: readonly Item[],
  frontiers: readonly Frontier[],
): Run<Item>[] {
  const runs: Run<Item>[] = [];
  let [x, y] = [before.length, after.length];
  for (let count = frontiers.length - 1; count >= 0; count -= 1) {
    const frontier = frontiers[count] ?? new Map();
    const diagonal = x - y;
    const added = isAddition(frontier, diagonal, count);
    const from = count === 0 ? 0 : reached(frontier, diagonal + (added ? 1 : -1));
    const start = count === 0 ? 0 : added ? from : from + 1;
    runs.unshift({ kind: "same", items: before.slice(start, x) });
    if (count === 0) break;
    const fromY = from - (diagonal + (added ? 1 : -1));
    if (added) runs.unshift({ kind: "added", items: after.slice(fromY, fromY + 1) });
    else runs.unshift({ kind: "removed", items: before.slice(from, from + 1) });
    [x, y] = [from, fromY];
  }
  return runs;
}

/** Merges neighbors of one kind into a run; within a change, removals come first. */
function merged<Item>(runs: readonly Run<Item>[]): Run<Item>[] {
  const result: Run<Item>[] = [];
  let change: { removed: Item[]; added: Item[] } = { removed: [], added: [] };
  const close = () => {
    if (change.removed.length > 0) result.push({ kind: "removed", items: change.removed });
    if (change.added.length > 0) result.push({ kind: "added", items: change.added });
    change = { removed: [], added: [] };
  };
  for (const { kind, items } of runs) {
    if (items.length === 0) continue;
    if (kind !== "same") {
      change[kind].push(...items);
      continue;
    }
    const last = result.at(-1);
    if (last?.kind === "same" && change.removed.length + change.added.length === 0) last.items.push(...items);
    else {
      close();
      result.push({ kind: "same", items: [...items] });
    }
  }
  close();
  return result;
}
