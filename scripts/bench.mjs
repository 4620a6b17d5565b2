import "./setup/node-version.mjs";

// npm run bench -- api inspect search snapshot pages hostile flood updates: measures speed within one run, mostly as
// ratios, and the longest pause over hostile images. No result depends on an absolute time.
const { main } = await import("./setup/main.mjs");
const { ensureDependencies } = await import("./setup/dependencies.mjs");
const { ensurePrismaClient } = await import("./setup/prisma-client.mjs");
const { ensureBuild } = await import("./setup/next-build.mjs");
const { run, StepFailed } = await import("./setup/run.mjs");

const BENCHES = {
  api: "tests/bench/api.ts",
  inspect: "tests/bench/inspect.ts",
  search: "tests/bench/search.ts",
  snapshot: "tests/bench/snapshot.ts",
  pages: "tests/bench/pages.ts",
  hostile: "tests/bench/hostile/hostile.ts",
  flood: "tests/bench/flood.ts",
  updates: "tests/bench/updates.ts",
};

await main(async () => {
  const chosen = chosenBenches(process.argv.slice(2));
  await ensureDependencies({ dev: true });
  await ensurePrismaClient();
  if (chosen.includes("pages") || chosen.includes("flood")) await ensureBuild();
  for (const name of chosen) {
    process.exitCode = await run(process.execPath, ["--import", "tsx", BENCHES[name]]);
    if (process.exitCode !== 0) return;
  }
});

function chosenBenches(names) {
  const known = Object.keys(BENCHES);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return names.length > 0 ? names : known;
  throw new StepFailed(`Unknown benchmark: ${unknown.join(", ")}.`, `Choose one of ${known.join(", ")}.`);
}
