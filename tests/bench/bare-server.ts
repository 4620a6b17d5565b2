/** The least that a node:http server can do: the same status, headers and bytes for every request. */

import { createServer } from "node:http";
import { listen } from "@/tests/support/listen";

export type BareAnswer = { status: number; headers: Record<string, string> /** base64 */; body: string };

let answer = { status: 200, headers: {} as Record<string, string>, body: Buffer.alloc(0) };

const { port } = await listen(
  createServer((_req, res) => {
    res.writeHead(answer.status, answer.headers);
    res.end(answer.body);
  }),
);

process.on("message", (message: BareAnswer | "usage") => {
  if (message === "usage") return process.send?.(process.cpuUsage());
  answer = { ...message, body: Buffer.from(message.body, "base64") };
  return process.send?.("ready");
});
process.on("disconnect", () => process.exit());
process.send?.(port);
