import { existsSync } from "node:fs";
import { inRoot } from "./root.mjs";

/** Node reads these at startup, before a script can load .env. */
const READ_AT_START = ["NODE_EXTRA_CA_CERTS", "NODE_OPTIONS"];

/** Adds the variables of `.env`; existing variables take precedence. */
export function loadEnvFile(file = inRoot(".env")) {
  if (!existsSync(file)) return;
  const before = new Set(Object.keys(process.env));
  process.loadEnvFile(file);
  for (const name of READ_AT_START) {
    if (before.has(name) || process.env[name] === undefined) continue;
    console.warn(
      `${name} has no effect in .env, because Node reads it earlier. Set it in the environment instead.`,
    );
  }
}
