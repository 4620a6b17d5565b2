/**
 * Targets of `npm run fuzz`, which compares Gantry with the programs that Docker uses: the program to run with a number
 * of cases and a seed, and the tools that it needs.
 */
export const FUZZ_TARGETS = {
  archives: {
    program: "tests/differential/archives/fuzz.ts",
    count: 200_000,
    tools: ["go", "containerdForGo", "mobyForGo", "storageForGo", "xzForGo"],
  },
  json: { program: "tests/grammar/json/run-fuzz.ts", count: 100_000, tools: ["go"] },
};
