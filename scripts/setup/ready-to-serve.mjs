import { ensureDependencies } from "./dependencies.mjs";
import { ensureBuild, isBuilt } from "./next-build.mjs";
import { ensurePrismaClient, isPrismaClientGenerated } from "./prisma-client.mjs";

/** Installs and builds what is missing. A checkout that is already built needs no build tools. */
export async function ensureReadyToServe() {
  await ensureDependencies({ dev: !(isPrismaClientGenerated() && isBuilt()) });
  await ensurePrismaClient();
  await ensureBuild();
}
