import "./setup/node-version.mjs";
import { rmSync } from "node:fs";
import { inRoot } from "./setup/root.mjs";

// npm run check: format, lint, types, unit and architecture tests. Starts no services.
const { main } = await import("./setup/main.mjs");
const { run } = await import("./setup/run.mjs");
const { ensureDependencies } = await import("./setup/dependencies.mjs");
const { ensurePrismaClient } = await import("./setup/prisma-client.mjs");
const { exitCodeResult } = await import("./testing/results.mjs");
const { runParts } = await import("./testing/run-parts.mjs");
const { runVitest } = await import("./testing/runners.mjs");

const CHECKS = [
  {
    name: "format and lint",
    run: () => runTool("node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings"),
  },
  // Writes the declarations that pages import, so that their types can be checked without a build.
  { name: "route types", run: writeRouteTypes },
  { name: "types", run: () => runTool("node_modules/typescript/bin/tsc", "--noEmit") },
  { name: "unit", run: () => runVitest("unit") },
  { name: "architecture", run: () => runVitest("architecture") },
];

await main(() => runParts(setUp, CHECKS));

async function setUp() {
  await ensureDependencies({ dev: true });
  await ensurePrismaClient();
}

/** Starts from scratch, because types from an earlier build or `npm run dev` can refer to pages that have moved. */
async function writeRouteTypes() {
  for (const folder of ["types", "dev/types"])
    rmSync(inRoot(".next", folder), { recursive: true, force: true });
  return runTool("node_modules/next/dist/bin/next", "typegen");
}

async function runTool(program, ...args) {
  const env = { NEXT_TELEMETRY_DISABLED: "1" };
  return exitCodeResult(await run(process.execPath, [program, ...args], { env }));
}
