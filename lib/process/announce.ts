/** What a person at the terminal wants to know once it runs. */

import type { Env } from "@/lib/platform/env";
import type { Up } from "@/lib/process/bring-up";

export function announce(url: string, env: Env, up: Pick<Up, "setupLink">): void {
  const storage = env.databaseUrl === undefined ? `the embedded database in ${env.dataDir}` : "PostgreSQL";
  const lines = [`Gantry runs at ${url} (${env.role}, on ${storage}).`];
  if (up.setupLink !== undefined) {
    lines.push("", "There is no admin yet. Open this link once to become the first:", `  ${up.setupLink}`);
  }
  process.stdout.write(`\n${lines.join("\n")}\n\n`);
}
