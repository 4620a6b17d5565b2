/** What a person at the terminal wants to know once it runs. */

import type { Env } from "@/lib/platform/env";
import type { Ready } from "@/lib/process/initialize";

export function announce(url: string, env: Env, up: Pick<Ready, "setupLink">): void {
  const storage = env.databaseUrl === undefined ? `the embedded database in ${env.dataDir}` : "PostgreSQL";
  const lines = [`Gantry runs at ${url} (${env.role}, on ${storage}).`];
  if (up.setupLink !== undefined) {
    lines.push("", "There is no admin yet. Open this link once to become the first:", `  ${up.setupLink}`);
  }
  process.stdout.write(`\n${lines.join("\n")}\n\n`);
}
