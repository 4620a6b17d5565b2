/** `npm run fuzz -- json`: the number of documents and the seed are the arguments. */

import { runJsonFuzz } from "@/tests/grammar/json/fuzz";

/** One Go process reads this many, and their bytes are held in memory. */
const BATCH = 10_000;
/** Enough to see what kind of fault it is. */
const SHOWN_MAX = 5;

const [count, seed] = process.argv.slice(2).map(Number);
if (count === undefined || seed === undefined) throw new Error("usage: run-fuzz.ts <count> <seed>");

let silent = 0;
for (let done = 0; done < count; done += BATCH) {
  const batchSeed = seed + done / BATCH;
  const { differences, outcomes } = await runJsonFuzz({
    count: Math.min(BATCH, count - done),
    seed: batchSeed,
  });
  for (const difference of differences.slice(0, SHOWN_MAX)) console.log({ seed: batchSeed, ...difference });
  silent += differences.length;
  console.log(`${Math.min(done + BATCH, count)} documents, seed ${batchSeed}: ${JSON.stringify(outcomes)}`);
}
console.log(`${count} JSON documents, ${silent} with a silent difference`);
process.exitCode = silent === 0 ? 0 : 1;
