/**
 * What `npm run fuzz` compares with the programs that Docker uses: the program of a run, which gets the number of cases
 * and the seed, and the tools that it needs.
 */
export const FUZZ_TARGETS = {
  archives: {
    program: "tests/differential/archives/fuzz.ts",
    count: 200_000,
    tools: ["go", "containerdForGo", "mobyForGo", "storageForGo", "xzForGo"],
  },
  json: { program: "tests/grammar/json/run-fuzz.ts", count: 100_000, tools: ["go"] },
};
