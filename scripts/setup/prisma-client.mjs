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
    // Generating needs no engine, yet Prisma would download one: naming any existing program keeps it from trying.
    env: {
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    },
    after: () => writeStamp(STAMP, clientInputs()),
    suggestion: "Fix the errors in prisma/schema.prisma that Prisma reports above, then try again.",
  });
}

/** Whether lib/platform/prisma was generated from the current schema. */
export function isPrismaClientGenerated() {
  return hasStamp(STAMP, clientInputs());
}

/** Prisma's version comes from the lock file: a server without build tools does not have Prisma's command line. */
function clientInputs() {
  const { packages } = JSON.parse(readFileSync(inRoot("package-lock.json"), "utf8"));
  return fingerprint(["prisma/schema.prisma", "prisma.config.ts"], {
    extra: [packages["node_modules/prisma"].version],
  });
}
