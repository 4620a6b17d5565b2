import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { ensure } from "./ensure.mjs";
import { fingerprint } from "./fingerprint.mjs";
import { inRoot } from "./root.mjs";
import { hasStamp, removeStamp, writeStamp } from "./stamp.mjs";

const STAMP = inRoot(".next", "gantry-stamp");
const FOLDERS = ["app", "components", "lib", "data", "public"];
const FILES = ["next.config.mjs", "postcss.config.mjs", "tsconfig.json", "package.json", "package-lock.json"];

/** Builds the pages when one of their inputs has changed since the last build. */
export async function ensureBuild() {
  await ensure({
    title: "Building the pages",
    isFresh: isBuilt,
    before: () => removeStamp(STAMP),
    command: process.execPath,
    args: ["node_modules/next/dist/bin/next", "build"],
    env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    // Read again at the end: the build may complete tsconfig.json.
    after: () => writeStamp(STAMP, buildInputs()),
    suggestion: "Fix the build errors above, then try again.",
  });
}

/** Whether the pages are built from the current inputs. */
export function isBuilt() {
  return existsSync(inRoot(".next", "BUILD_ID")) && hasStamp(STAMP, buildInputs());
}

/** The encryption key for server actions is part of the build, so another key needs another build. */
function buildInputs() {
  const key = process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ?? "";
  return fingerprint([...FOLDERS, ...FILES, "prisma/schema.prisma"], {
    except: ["lib/platform/prisma"],
    extra: [createHash("sha256").update(key).digest("hex")],
  });
}
