import "../setup/node-version.mjs";

// What the Dockerfile's build stage does with an installed checkout: generated code, pages, and only then the diet.
const { main } = await import("../setup/main.mjs");
const { ensurePrismaClient } = await import("../setup/prisma-client.mjs");
const { ensureBuild } = await import("../setup/next-build.mjs");
const { prunePackages } = await import("./prune-packages.mjs");
const { root } = await import("../setup/root.mjs");

await main(async () => {
  await ensurePrismaClient();
  await ensureBuild();
  prunePackages(root);
});
