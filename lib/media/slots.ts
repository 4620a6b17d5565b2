/** Runs at most `limit` pieces of work at the same time; the others wait their turn, first come first served. */
export type Slots = <Result>(work: () => Promise<Result>) => Promise<Result>;

export function createSlots(limit: number): Slots {
  const waiting: (() => void)[] = [];
  let free = limit;
  const enter = async () => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return async (work) => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
