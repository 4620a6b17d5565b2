import "./setup/node-version.mjs";

// npm test [-- part | file | folder …]: runs all tests, or only the given ones.
const { main } = await import("./setup/main.mjs");
const { ensureDependencies } = await import("./setup/dependencies.mjs");
const { ensurePrismaClient } = await import("./setup/prisma-client.mjs");
const { ensureBuild } = await import("./setup/next-build.mjs");
const { chosenParts } = await import("./testing/chosen-parts.mjs");
const { PARTS } = await import("./testing/parts.mjs");
const { runParts } = await import("./testing/run-parts.mjs");
const { provideTools, runWithTools } = await import("./testing/tools.mjs");

await main(async () => {
  const chosen = chosenParts(process.argv.slice(2), Object.keys(PARTS));
  await runParts(
    () => setUp(chosen.map(({ name }) => PARTS[name])),
    chosen.map(({ name, files }) => ({ name, run: (tools) => runWithTools(PARTS[name], tools, files) })),
  );
});

async function setUp(parts) {
  await ensureDependencies({ dev: true });
  await ensurePrismaClient();
  const tools = await provideTools([...new Set(parts.flatMap((part) => part.tools))]);
  if (parts.some((part) => part.build)) await ensureBuild();
  return tools;
}
