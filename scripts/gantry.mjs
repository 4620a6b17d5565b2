import "./setup/node-version.mjs";
import { existsSync } from "node:fs";
import path from "node:path";
import { inRoot, root } from "./setup/root.mjs";

// npm run gantry -- <command>: inspections and update checks from a terminal or a build. Needs no database.
if (existsSync(inRoot("node_modules", "tsx", "package.json"))) {
  const folder = callersFolder();
  // TypeScript's settings, and the threads that read layers, are located relative to the working directory.
  process.chdir(root);
  await import("tsx");
  const { main } = await import("./gantry/main.ts");
  const { processTerminal } = await import("./gantry/terminal.ts");
  process.exitCode = await main(process.argv.slice(2), processTerminal(folder));
} else {
  console.error("Gantry's dependencies are not installed here, so this command cannot run.");
  console.error(`Run npm ci in ${inRoot()} and try again.`);
  process.exitCode = 2;
}

/**
 * npm runs scripts in the checkout and passes the caller's folder in INIT_CWD. Without npm, the working directory is
 * correct.
 */
function callersFolder() {
  const folder = process.cwd();
  return path.resolve(folder) === path.resolve(root) ? (process.env.INIT_CWD ?? folder) : folder;
}
