/** Many images, read by Gantry and unpacked by the code that Docker unpacks with. */

import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Comparison, compare, type Ours } from "@/tests/differential/archives/compare";
import { archiveOf, imageOf, type MadeImage } from "@/tests/differential/archives/images";
import { smallest } from "@/tests/differential/archives/smallest";
import type { Unpackers } from "@/tests/differential/archives/unpackers";

export type FuzzCounts = {
  images: number;
  /** Images that Gantry reads in full, and that at least one unpacker accepts. */
  acceptedByBoth: number;
  acceptedBy: Record<string, number>;
  /** Images at which at least one unpacker waits forever. */
  waits: number;
  /** Answers about a path, and how many of them Gantry calls ambiguous or refuses. */
  answers: number;
  ambiguous: number;
  refused: number;
  /** Answers without any doubt that every accepting unpacker shares, where at least one accepts. */
  agreed: number;
  /** Images with a silent difference. */
  silent: number;
};

/** A silent difference, already reduced to what is needed for it. */
export type Failure = {
  seed: number;
  number: number;
  differences: string[];
  entries: string[][];
  folder: string;
};

export type FuzzResult = { counts: FuzzCounts; failures: Failure[] };

/** Images that wait for an answer at the same time. */
const BATCH = 64;
/** So many silent differences are reduced and kept; the others are counted. */
const FAILURES_MAX = 20;

export async function fuzzArchives(
  unpackers: Unpackers,
  { seed, count, failuresIn }: { seed: number; count: number; failuresIn: string },
): Promise<FuzzResult> {
  const counts: FuzzCounts = {
    images: 0,
    acceptedByBoth: 0,
    acceptedBy: {},
    waits: 0,
    answers: 0,
    ambiguous: 0,
    refused: 0,
    agreed: 0,
    silent: 0,
  };
  const failures: Failure[] = [];
  for (let start = 0; start < count; start += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, count - start) }, (_, at) => start + at);
    const compared = await Promise.all(
      numbers.map((number) => compareMade(imageOf(seed, number), unpackers)),
    );
    for (const [at, comparison] of compared.entries()) {
      add(counts, comparison);
      if (comparison.differences.length === 0) continue;
      counts.silent += 1;
      if (failures.length === FAILURES_MAX) continue;
      const number = start + at;
      failures.push(await failureOf(imageOf(seed, number), unpackers, { seed, number, failuresIn }));
    }
  }
  return { counts, failures };
}

function compareMade(image: MadeImage, unpackers: Unpackers): Promise<Comparison> {
  return compare(image.layers.map(archiveOf), unpackers);
}

function add(counts: FuzzCounts, { ours, theirs, differences }: Comparison): void {
  counts.images += 1;
  const accepting = Object.entries(theirs).flatMap(([name, unpacked]) => ("found" in unpacked ? [name] : []));
  for (const name of accepting) counts.acceptedBy[name] = (counts.acceptedBy[name] ?? 0) + 1;
  if (Object.values(theirs).some((unpacked) => "waits" in unpacked)) counts.waits += 1;
  const refused = ours.filter(({ answer }) => answer === "refused").length;
  if (accepting.length > 0 && refused < ours.length) counts.acceptedByBoth += 1;
  counts.answers += ours.length;
  const isCertain = ({ answer, isAmbiguous }: Ours) => answer !== "refused" && !isAmbiguous;
  if (accepting.length > 0 && differences.length === 0) counts.agreed += ours.filter(isCertain).length;
  counts.refused += refused;
  counts.ambiguous += ours.filter(({ answer, isAmbiguous }) => answer !== "refused" && isAmbiguous).length;
}

async function failureOf(
  image: MadeImage,
  unpackers: Unpackers,
  { seed, number, failuresIn }: { seed: number; number: number; failuresIn: string },
): Promise<Failure> {
  const isFailing = async (made: MadeImage) => (await compareMade(made, unpackers)).differences.length > 0;
  const reduced = await smallest(image, isFailing);
  const { differences } = await compareMade(reduced, unpackers);
  const folder = path.join(failuresIn, `seed-${seed}-image-${number}`);
  mkdirSync(folder, { recursive: true });
  for (const [at, layer] of reduced.layers.entries())
    writeFileSync(path.join(folder, `${at}.tar`), archiveOf(layer));
  const entries = reduced.layers.map(({ pieces }) => pieces.map(({ label }) => label));
  return { seed, number, differences, entries, folder };
}
