/** The least that a node:http server can do: the same status, headers and bytes for every request. */

import { createServer } from "node:http";
import { type BenchAnswer, bytesOf } from "@/tests/bench/bench-answer";
import { listen } from "@/tests/support/processes/listen";

let answer = { status: 200, headers: {} as Record<string, string>, bytes: Buffer.alloc(0) };

const { port } = await listen(
  createServer((_req, res) => {
    res.writeHead(answer.status, answer.headers);
    res.end(answer.bytes);
  }),
);

process.on("message", (message: BenchAnswer | "usage") => {
  if (message === "usage") return process.send?.(process.cpuUsage());
  answer = { ...message, bytes: bytesOf(message) };
  return process.send?.("ready");
});
process.on("disconnect", () => process.exit());
process.send?.(port);
