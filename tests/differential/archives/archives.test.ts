import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { failureText, reportOf } from "@/tests/differential/archives/fuzz-report";
import { fuzzArchives } from "@/tests/differential/archives/fuzz-run";
import { startUnpackers } from "@/tests/differential/archives/unpackers";

const IMAGES = 5_000;
const SEED = Number(process.env.TEST_SEED ?? 20_261_120);

test(`${IMAGES} hostile images: Gantry sees what Docker unpacks, or says that unpackers disagree`, async () => {
  const unpackers = await startUnpackers();
  try {
    const failuresIn = path.join(tmpdir(), "gantry-fuzz");
    const result = await fuzzArchives(unpackers, { seed: SEED, count: IMAGES, failuresIn });
    console.log(`seed ${SEED}, against ${unpackers.versions}\n${reportOf(result)}`);
    expect(result.failures.map(failureText)).toEqual([]);
    expect(result.counts.images).toBe(IMAGES);
    expect(result.counts.acceptedByBoth).toBeGreaterThan(IMAGES / 2);
    expect(result.counts.agreed).toBeGreaterThan(IMAGES);
    for (const name of unpackers.names)
      expect(result.counts.acceptedBy[name] ?? 0, name).toBeGreaterThan(IMAGES / 4);
  } finally {
    await unpackers.close();
  }
});
