/**
 * A registry with the fixture of the inspection bench, as a process of its own: counts requests and answers each after
 * a pause. Sends its port when it is filled; `{ delayMs }` sets the pause, and every message is answered with what was
 * asked for since the last one.
 */

import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { startRegistry } from "@/scripts/demo/registry/registry";
import { fillBenchRepository, fillNamedFilesRepository } from "@/tests/bench/inspect-fixture";

export type Asked = { requests: number; bytes: number; twice: string[] };

const registry = await startRegistry();
await fillBenchRepository(registry.url, Number(process.env.BENCH_TAGS));
await fillNamedFilesRepository(registry.url, Number(process.env.BENCH_NAMED_TAGS));
let delayMs = 0;
let bytes = 0;
let asked: string[] = [];

const server = createServer((incoming, outgoing) => {
  asked.push(`${incoming.method} ${incoming.url}`);
  setTimeout(() => {
    const forwarded = request(`${registry.url}${incoming.url}`, {
      method: incoming.method ?? "GET",
      headers: { ...incoming.headers },
    });
    forwarded.on("response", (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.pipe(outgoing);
    });
    forwarded.on("error", () => outgoing.destroy());
    incoming.pipe(forwarded);
  }, delayMs);
});

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.send?.(port);
});

process.on("message", (message: { delayMs: number }) => {
  const seen = new Set<string>();
  const twice = asked.filter((each) => seen.has(each) || !seen.add(each));
  const answer: Asked = { requests: asked.length, bytes, twice: twice.slice(0, 20) };
  delayMs = message.delayMs;
  asked = [];
  bytes = 0;
  process.send?.(answer);
});
