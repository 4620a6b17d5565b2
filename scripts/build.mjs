import "./setup/node-version.mjs";

// npm run build: installs the build tools and builds what npm start serves. Skips steps that are up to date.
const { main } = await import("./setup/main.mjs");
const { loadEnvFile } = await import("./setup/env-file.mjs");
const { ensureDependencies } = await import("./setup/dependencies.mjs");
const { ensurePrismaClient } = await import("./setup/prisma-client.mjs");
const { ensureBuild } = await import("./setup/next-build.mjs");

await main(async () => {
  loadEnvFile();
  await ensureDependencies({ dev: true });
  await ensurePrismaClient();
  await ensureBuild();
});
