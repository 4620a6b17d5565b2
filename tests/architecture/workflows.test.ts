import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { DRILLS } from "@/scripts/testing/drills.mjs";
import { FUZZ_TARGETS } from "@/scripts/testing/fuzz-targets.mjs";
import { PARTS } from "@/scripts/testing/parts.mjs";
import { readSource } from "@/tests/architecture/sources";

const step = z.object({ run: z.string().optional() });
const job = z.object({
  strategy: z.object({ matrix: z.record(z.string(), z.array(z.string())) }).optional(),
  steps: z.array(step),
});
const workflow = z.object({ jobs: z.record(z.string(), job) });

/** `npm run check` has them. */
const CHECKED = ["unit", "architecture"];

const jobsOf = (file: string) => workflow.parse(parse(readSource(`.github/workflows/${file}`))).jobs;

test("CI runs the checks, and each part of npm test once", () => {
  const { check, test: tests } = jobsOf("ci.yml");
  expect(check?.steps.map(({ run }) => run)).toContain("npm run check");
  const shards = tests?.strategy?.matrix.parts ?? [];
  expect([...CHECKED, ...shards.flatMap((shard) => shard.split(" "))].sort()).toEqual(
    Object.keys(PARTS).sort(),
  );
});

test(".ci/run runs the checks, and each other part of npm test", () => {
  const stages = [...readSource(".ci/run").matchAll(/^stage \w+ npm (.+)$/gm)].map(([, command]) => command);
  const others = Object.keys(PARTS).filter((part) => !CHECKED.includes(part));
  expect(stages).toEqual(["run check", `test -- ${others.join(" ")}`]);
});

test("every night, each drill runs, and each fuzz target with a new seed", () => {
  const { drill, fuzz } = jobsOf("nightly.yml");
  expect(drill?.strategy?.matrix.drill).toEqual(Object.keys(DRILLS));
  expect(fuzz?.strategy?.matrix.target).toEqual(Object.keys(FUZZ_TARGETS));
  expect(fuzz?.steps.map(({ run }) => run ?? "").join()).toMatch(/--seed=.+ github\.run_id/);
});
