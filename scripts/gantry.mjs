import "./setup/node-version.mjs";
import { existsSync } from "node:fs";
import path from "node:path";
import { inRoot, root } from "./setup/root.mjs";

// npm run gantry -- <command>: checks and questions from a terminal or a build. Needs no database.
if (existsSync(inRoot("node_modules", "tsx", "package.json"))) {
  const folder = callersFolder();
  // TypeScript's settings, and the threads that read layers, are found from the folder of the process.
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

/** npm runs scripts in the checkout and says where it was called. Run directly, the folder is right already. */
function callersFolder() {
  const folder = process.cwd();
  return path.resolve(folder) === path.resolve(root) ? (process.env.INIT_CWD ?? folder) : folder;
}
