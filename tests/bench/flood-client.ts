/** The flood of `flood.ts`, in a separate process so that its computing does not distort the measured times. */

export const FLOOD = {
  questions: 2_000,
  atOnce: 100,
  events: 5_000,
  firstEventMs: Date.UTC(2026, 0, 1),
  minuteMs: 60_000,
} as const;

export type FloodResult = {
  seconds: number;
  statuses: [status: number, count: number][];
  latencies: number[];
};

/** Every question is about another instant and comes from another network. */
async function flood(origin: string): Promise<FloodResult> {
  const statuses = new Map<number, number>();
  const latencies: number[] = [];
  let asked = 0;
  const asker = async () => {
    while (asked < FLOOD.questions) {
      asked += 1;
      const began = performance.now();
      const answer = await fetch(`${origin}/api/v1/allow-list?at=${instant(asked)}`, {
        headers: { "x-forwarded-for": `10.${asked >> 8}.${asked & 255}.7` },
      });
      await answer.arrayBuffer();
      latencies.push(performance.now() - began);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: FLOOD.atOnce }, asker));
  return { seconds: (performance.now() - startedAt) / 1000, statuses: [...statuses], latencies };
}

function instant(number: number): string {
  const { firstEventMs, events, questions, minuteMs } = FLOOD;
  return new Date(firstEventMs + number * (events / questions) * minuteMs + number).toISOString();
}

const origin = process.argv[2];
if (origin !== undefined && process.send !== undefined) {
  process.send(await flood(origin));
  process.disconnect();
}
