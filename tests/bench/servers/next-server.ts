/** One route handler of Next as it runs in production; build the app beside this file first. */

import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import next from "next";
import { type BenchAnswer, bytesOf } from "@/tests/bench/bench-answer";
import { listen } from "@/tests/support/processes/listen";

declare global {
  var benchAnswer: Omit<BenchAnswer, "body"> & { bytes: Buffer };
}

const app = next({ dev: false, dir: fileURLToPath(new URL("../next-app", import.meta.url)) });
await app.prepare();
const handle = app.getRequestHandler();
const { port } = await listen(createServer((req, res) => void handle(req, res)));

process.on("message", (message: BenchAnswer | "usage") => {
  if (message === "usage") return process.send?.(process.cpuUsage());
  globalThis.benchAnswer = { ...message, bytes: bytesOf(message) };
  return process.send?.("ready");
});
process.on("disconnect", () => process.exit());
process.send?.(port);
