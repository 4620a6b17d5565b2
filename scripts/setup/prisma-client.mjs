import { ensure } from "./ensure.mjs";
import { fingerprint } from "./fingerprint.mjs";
import { inRoot } from "./root.mjs";
import { hasStamp, removeStamp, writeStamp } from "./stamp.mjs";

const STAMP = inRoot("lib", "platform", "prisma", ".gantry-stamp");

/** Generates lib/platform/prisma when the schema or Prisma itself has changed. */
export async function ensurePrismaClient() {
  const inputs = fingerprint([
    "prisma/schema.prisma",
    "prisma.config.ts",
    "node_modules/prisma/package.json",
  ]);
  await ensure({
    title: "Generating the database client",
    isFresh: () => hasStamp(STAMP, inputs),
    before: () => removeStamp(STAMP),
    command: process.execPath,
    args: ["node_modules/prisma/build/index.js", "generate"],
    // Generating needs no engine, yet Prisma would download one: naming any existing program keeps it from trying.
    env: {
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    },
    after: () => writeStamp(STAMP, inputs),
    suggestion: "Correct prisma/schema.prisma as Prisma says above, then run it again.",
  });
}
