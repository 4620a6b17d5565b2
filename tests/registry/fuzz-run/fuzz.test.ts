/**
 * The fuzz run: 22,000 inputs over every reader of strangers' text. FUZZ_SEED=<number> runs another one, FUZZ_RUNS a
 * longer one. A failure names seed, target and input.
 */

import { expect, test } from "vitest";
import { isAppError } from "@/lib/platform/errors";
import { mutant, wordSalad } from "@/tests/registry/fuzz-run/mutate";
import { randomFrom } from "@/tests/registry/fuzz-run/random";
import { TARGETS, type Target } from "@/tests/registry/fuzz-run/targets";

const SEED = Number(process.env.FUZZ_SEED ?? 20_261_120);
const RUNS = Number(process.env.FUZZ_RUNS ?? 2_000);
const CPU_MS_MAX = 50;
/** A measurement can include other work (garbage collection, compilation), so the best of these counts. */
const MEASUREMENTS = 10;
/** What a reader is given first, so that none is measured before it was compiled. */
const WARM_UP = 200;

test("the run is as large as it should be", () => {
  expect(TARGETS.reduce((sum, target) => sum + runsOf(target), 0)).toBeGreaterThanOrEqual(20_000);
});

test.each(TARGETS)(
  "$name: whatever comes is read or refused in words, and soon",
  { timeout: 60_000 },
  async (target) => {
    for (let run = 0; run < WARM_UP; run += 1) await cpuMsOf(target, inputOf(target, run));
    for (let run = 0; run < runsOf(target); run += 1) {
      const input = inputOf(target, run);
      let cpuMs = await cpuMsOf(target, input);
      for (let tried = 1; cpuMs > CPU_MS_MAX && tried < MEASUREMENTS; tried += 1) {
        cpuMs = Math.min(cpuMs, await cpuMsOf(target, input));
      }
      if (cpuMs > CPU_MS_MAX)
        throw new Error(`${Math.round(cpuMs)} ms of CPU for ${described(target, run, input)}`);
    }
  },
);

function runsOf({ share = 1 }: Target): number {
  return Math.ceil(RUNS * share);
}

function inputOf({ corpus }: Target, run: number): Uint8Array {
  const random = randomFrom(SEED + run);
  return run % 4 === 0 ? wordSalad(corpus, random) : mutant(corpus, random);
}

/** Milliseconds of CPU that one reading takes. Throws when it fails in any way but an `AppError`. */
async function cpuMsOf(target: Target, input: Uint8Array): Promise<number> {
  const before = process.cpuUsage();
  try {
    await target.read(input);
  } catch (error) {
    if (!isAppError(error)) throw new Error(`it crashed on ${show(input)}, seed ${SEED}`, { cause: error });
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function described({ name }: Target, run: number, input: Uint8Array): string {
  return `${name}, seed ${SEED}, run ${run}: ${show(input)}`;
}

function show(input: Uint8Array): string {
  return `${input.length} bytes, base64 ${Buffer.from(input).toString("base64").slice(0, 2_000)}`;
}
