import "./setup/node-version.mjs";

// npm run screenshots [-- --readme] [-- --only <part of a page's name>]: photographs the demo.
const { main } = await import("./setup/main.mjs");
const { run, StepFailed } = await import("./setup/run.mjs");
const { ensureDependencies } = await import("./setup/dependencies.mjs");
const { provideTools, adviceFor } = await import("./testing/tools.mjs");

await main(async () => {
  await ensureDependencies({ dev: true });
  const { chromium } = await provideTools(["chromium"]);
  if (chromium === undefined) throw new StepFailed("Screenshots require a browser.", adviceFor("chromium"));
  process.exitCode = await run(
    process.execPath,
    ["--import", "tsx", "scripts/screenshots/run.ts", ...process.argv.slice(2)],
    { env: { CHROMIUM_PATH: chromium } },
  );
});
