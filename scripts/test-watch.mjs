import "./setup/node-version.mjs";

// npm run test:watch: runs the unit and architecture tests affected by changed files after every save ("a" runs all).
const { main } = await import("./setup/main.mjs");
const { ensureDependencies } = await import("./setup/dependencies.mjs");
const { ensurePrismaClient } = await import("./setup/prisma-client.mjs");
const { run } = await import("./setup/run.mjs");

await main(async () => {
  await ensureDependencies({ dev: true });
  await ensurePrismaClient();
  const args = ["watch", "--changed", "--project=unit", "--project=architecture", "--passWithNoTests"];
  process.exitCode = await run(process.execPath, ["node_modules/vitest/vitest.mjs", ...args]);
});
