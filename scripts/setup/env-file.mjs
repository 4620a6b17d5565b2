import { existsSync } from "node:fs";
import { inRoot } from "./root.mjs";

/** Read by Node itself when it starts: too late once a script loads .env. */
const READ_AT_START = ["NODE_EXTRA_CA_CERTS", "NODE_OPTIONS"];

/** Adds the variables of `.env`; those that are already set win. */
export function loadEnvFile(file = inRoot(".env")) {
  if (!existsSync(file)) return;
  const before = new Set(Object.keys(process.env));
  process.loadEnvFile(file);
  for (const name of READ_AT_START) {
    if (before.has(name) || process.env[name] === undefined) continue;
    console.warn(
      `${name} has no effect in .env, because Node.js reads it earlier. Set it in the environment instead.`,
    );
  }
}
