/** What the snapshot costs in time and memory: `snapshot.ts [extensions…]`, with 20 versions each. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "@/tests/support/processes/left-behind";

const VERSIONS = 20;
const CHILD = fileURLToPath(new URL("./snapshot-child.ts", import.meta.url));

const asked = process.argv.slice(2).map(Number);
for (const extensions of asked.length > 0 ? asked : [1_000, 10_000]) {
  console.log(`\n${extensions} extensions with ${VERSIONS} versions each`);
  const folder = temporaryFolder("bench-snapshot");
  try {
    for (const step of ["write", "measure"]) child(step, folder.path, extensions);
  } finally {
    folder.remove();
  }
}

function child(step: string, folder: string, extensions: number): void {
  const args = ["--import", "tsx", CHILD, step, folder, String(extensions), String(VERSIONS)];
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) throw new Error(`${step} ended with ${status}`);
}
