/** `npm run fuzz -- archives`: prints what was compared, and each silent difference with its archives. */

import { tmpdir } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { reportOf } from "@/tests/differential/archives/fuzz-report";
import { fuzzArchives } from "@/tests/differential/archives/fuzz-run";
import { startUnpackers } from "@/tests/differential/archives/unpackers";

const [count, seed] = process.argv.slice(2).map(Number);
if (count === undefined || seed === undefined) throw new Error("usage: fuzz.ts <count> <seed>");

const unpackers = await startUnpackers();
console.log(`archives: ${count} images of seed ${seed}, against ${unpackers.versions}`);
const start = performance.now();
const failuresIn = path.join(tmpdir(), "gantry-fuzz");
const result = await fuzzArchives(unpackers, { seed, count, failuresIn });
await unpackers.close();
console.log(reportOf(result));
console.log(`${Math.round((1000 * result.counts.images) / (performance.now() - start))} images per second`);
if (result.failures.length > 0) process.exitCode = 1;
