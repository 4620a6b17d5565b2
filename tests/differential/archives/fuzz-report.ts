import type { Failure, FuzzResult } from "@/tests/differential/archives/fuzz-run";

export function reportOf({ counts, failures }: FuzzResult): string {
  const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
  return [
    `${counts.images} images, ${share(counts.acceptedByBoth, counts.images)} accepted by Gantry and an unpacker`,
    ...Object.entries(counts.acceptedBy).map(
      ([name, accepted]) => `  accepted by ${name}: ${share(accepted, counts.images)}`,
    ),
    `${counts.waits} images at which an unpacker waits forever`,
    `${counts.answers} answers, ${share(counts.ambiguous, counts.answers)} ambiguous, ${share(counts.refused, counts.answers)} refused, ${share(counts.agreed, counts.answers)} certain and the same everywhere`,
    `${counts.silent} images with a silent difference`,
    ...failures.map(failureText),
  ].join("\n");
}

export function failureText({ seed, number, differences, entries, folder }: Failure): string {
  const layers = entries.map((labels, at) => `  layer ${at}: ${labels.join(" | ") || "(empty)"}`);
  return [
    `seed ${seed}, image ${number} (${folder}):`,
    ...differences.map((one) => `  ${one}`),
    ...layers,
  ].join("\n");
}
