import "./setup/node-version.mjs";
import { existsSync } from "node:fs";
import path from "node:path";
import { inRoot, root } from "./setup/root.mjs";

// npm run gantry -- <command>: checks and questions from a terminal or a build. Needs no database.
// Paths in its arguments are those of the folder it was called in.
// Run directly, the folder is right already, and an npm script around it may have set another one.
const { INIT_CWD } = process.env;
const byNpm = path.resolve(process.cwd()) === path.resolve(root);
if (byNpm && INIT_CWD !== undefined && existsSync(INIT_CWD)) process.chdir(INIT_CWD);

if (existsSync(inRoot("node_modules", "tsx", "package.json"))) {
  await import("tsx");
  const { main } = await import("./gantry/main.ts");
  process.exitCode = await main(process.argv.slice(2));
} else {
  console.error("Gantry's dependencies are not installed here, so this command cannot run.");
  console.error(`Run npm ci in ${inRoot()} and try again.`);
  process.exitCode = 2;
}
