import "./setup/node-version.mjs";

// npm run drill [-- name …]: long series of kills and crashes.
const { main } = await import("./setup/main.mjs");
const { StepFailed } = await import("./setup/run.mjs");
const { ensureDependencies } = await import("./setup/dependencies.mjs");
const { ensurePrismaClient } = await import("./setup/prisma-client.mjs");
const { DRILLS } = await import("./testing/drills.mjs");
const { runParts } = await import("./testing/run-parts.mjs");
const { provideTools, runWithTools } = await import("./testing/tools.mjs");

await main(async () => {
  const names = chosenNames(process.argv.slice(2));
  await runParts(
    () => setUp(names),
    names.map((name) => ({ name, run: (tools) => runWithTools(DRILLS[name], tools) })),
  );
});

async function setUp(names) {
  await ensureDependencies({ dev: true });
  await ensurePrismaClient();
  return provideTools([...new Set(names.flatMap((name) => DRILLS[name].tools))]);
}

function chosenNames(names) {
  const known = Object.keys(DRILLS);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return names.length > 0 ? names : known;
  throw new StepFailed(`Unknown drill: ${unknown.join(", ")}.`, `Choose one of ${known.join(", ")}.`);
}
