import { readFileSync } from "node:fs";
import { ensure } from "./ensure.mjs";
import { fingerprint } from "./fingerprint.mjs";
import { inRoot } from "./root.mjs";
import { hasStamp, removeStamp, writeStamp } from "./stamp.mjs";

const STAMP = inRoot("lib", "platform", "prisma", ".gantry-stamp");

/** Generates lib/platform/prisma when the schema or Prisma itself has changed. */
export async function ensurePrismaClient() {
  await ensure({
    title: "Generating the database client",
    isFresh: isPrismaClientGenerated,
    before: () => removeStamp(STAMP),
    command: process.execPath,
    args: ["node_modules/prisma/build/index.js", "generate"],
    // Generating needs no engine, but Prisma would download one. Naming any existing program prevents that.
    env: {
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    },
    after: () => writeStamp(STAMP, clientInputs()),
    suggestion: "Fix prisma/schema.prisma as described above, then run it again.",
  });
}

/** Whether lib/platform/prisma was generated from the current schema. */
export function isPrismaClientGenerated() {
  return hasStamp(STAMP, clientInputs());
}

/**
 * Prisma's version comes from the lock file, because a server without build tools does not have Prisma's command line.
 */
function clientInputs() {
  const { packages } = JSON.parse(readFileSync(inRoot("package-lock.json"), "utf8"));
  return fingerprint(["prisma/schema.prisma", "prisma.config.ts"], {
    extra: [packages["node_modules/prisma"].version],
  });
}
