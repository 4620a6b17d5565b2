import "./setup/node-version.mjs";

// npm test [-- part …]: everything, or only the named parts.
const { main } = await import("./setup/main.mjs");
const { StepFailed } = await import("./setup/run.mjs");
const { ensureDependencies } = await import("./setup/dependencies.mjs");
const { ensurePrismaClient } = await import("./setup/prisma-client.mjs");
const { ensureBuild } = await import("./setup/next-build.mjs");
const { PARTS } = await import("./testing/parts.mjs");
const { runParts } = await import("./testing/run-parts.mjs");
const { adviceFor, provideTools } = await import("./testing/tools.mjs");

await main(async () => {
  const chosen = chosenParts(process.argv.slice(2));
  await runParts(
    () => setUp(chosen),
    chosen.map((name) => ({ name, run: (tools) => runPart(PARTS[name], tools) })),
  );
});

async function setUp(names) {
  await ensureDependencies({ dev: true });
  await ensurePrismaClient();
  const tools = await provideTools([...new Set(names.flatMap((name) => PARTS[name].tools))]);
  if (names.some((name) => PARTS[name].build)) await ensureBuild();
  return tools;
}

/** A part whose tools are missing has failed: nobody should believe that it was tried. */
async function runPart(part, tools) {
  const missing = part.tools.filter((name) => tools[name] === undefined);
  if (missing.length > 0)
    return { passed: 0, problems: missing.map((name) => `not run. ${adviceFor(name)}`) };
  return part.run(tools);
}

function chosenParts(names) {
  const known = Object.keys(PARTS);
  if (names.length === 0) return known;
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return known.filter((name) => names.includes(name));
  throw new StepFailed(
    `The tests have no part ${unknown.join(", ")}.`,
    `Choose among ${known.join(", ")}; a single file is run with npx vitest run <file>.`,
  );
}
