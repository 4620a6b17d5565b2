import "./setup/node-version.mjs";

const { main } = await import("./setup/main.mjs");
const { loadEnvFile } = await import("./setup/env-file.mjs");
const { ensureDependencies } = await import("./setup/dependencies.mjs");
const { ensurePrismaClient } = await import("./setup/prisma-client.mjs");
const { run } = await import("./setup/run.mjs");

await main(async () => {
  loadEnvFile();
  await ensureDependencies({ dev: true });
  await ensurePrismaClient();
  process.exitCode = await run(
    process.execPath,
    ["node_modules/tsx/dist/cli.mjs", "watch", "--clear-screen=false", "server.ts"],
    {
      env: { NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" },
    },
  );
});
