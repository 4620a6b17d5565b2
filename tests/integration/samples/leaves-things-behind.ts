/** Starts what a test would start, says what, and then waits to be killed. */

import { writeFileSync } from "node:fs";
import path from "node:path";
import { startChild } from "@/tests/support/processes/child";
import { temporaryFolder } from "@/tests/support/processes/left-behind";

const folder = temporaryFolder("sample");
writeFileSync(path.join(folder.path, "file"), "content");
const stubborn = `process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("up")`;
const child = await startChild(process.execPath, ["-e", stubborn]);
await child.line(/up/);
console.log(JSON.stringify({ pid: child.pid, folder: folder.path }));
setInterval(() => {}, 1000);
