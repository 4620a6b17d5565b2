/** Requests as fast as a server answers them, over connections that stay open. */

import { execFile, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "@/tests/support/processes/left-behind";

export type LoadOptions = {
  origin: string;
  path: string;
  headers: Record<string, string>;
  /** Sent by POST, as JSON. */
  body?: string;
  connections: number;
  seconds: number;
};

export type LoadGenerator = {
  name: string;
  /** Answers per second. Fails when one was not 200 or 304. */
  run(options: LoadOptions): Promise<number>;
};

/** A slow answer is a slow one, not a failure. */
const TIMEOUT_SECONDS = 60;
const LAST_CHUNK = "\r\n0\r\n\r\n";

/** wrk where it is installed; else a simple one of our own, which is slower and makes ratios look better than they are. */
export function loadGenerator(): LoadGenerator {
  const hasWrk = spawnSync("wrk", ["-v"]).error === undefined;
  return hasWrk
    ? { name: "wrk", run: runWrk }
    : { name: "own load generator (install wrk for a better one)", run: runOwn };
}

async function runWrk(options: LoadOptions): Promise<number> {
  const { origin, path, headers, body, connections, seconds } = options;
  const given = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const args = [
    "-t1",
    `-c${connections}`,
    `-d${seconds}s`,
    "--timeout",
    `${TIMEOUT_SECONDS}s`,
    ...given,
    `${origin}${path}`,
  ];
  const script = body === undefined ? undefined : postScript(body);
  const all = script === undefined ? args : ["-s", script.file, ...args];
  const { stdout } = await promisify(execFile)("wrk", all).finally(() => script?.remove());
  if (/Non-2xx or 3xx|Socket errors/.test(stdout)) throw new Error(stdout);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1] ?? 0);
}

function postScript(body: string): { file: string; remove(): void } {
  const folder = temporaryFolder("bench-wrk");
  const file = join(folder.path, "post.lua");
  const lua = `wrk.method = "POST"\nwrk.body = [==[${body}]==]\nwrk.headers["content-type"] = "application/json"\n`;
  writeFileSync(file, lua);
  return { file, remove: () => folder.remove() };
}

async function runOwn({ origin, path, headers, body, connections, seconds }: LoadOptions): Promise<number> {
  const { hostname, port, host } = new URL(origin);
  const framing: Record<string, string> =
    body === undefined
      ? {}
      : { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) };
  const lines = Object.entries({ host, ...headers, ...framing }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const method = body === undefined ? "GET" : "POST";
  const request = `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body ?? ""}`;
  const until = performance.now() + seconds * 1000;
  const counts = await Promise.all(
    Array.from({ length: connections }, () => keepAsking(hostname, Number(port), request, until)),
  );
  return counts.reduce((sum, count) => sum + count, 0) / seconds;
}

function keepAsking(host: string, port: number, request: string, until: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let count = 0;
    let pending = Buffer.alloc(0);
    const socket = connect(port, host, () => socket.write(request));
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      pending = pending.byteLength === 0 ? chunk : Buffer.concat([pending, chunk]);
      const length = answerLength(pending);
      if (length === undefined || pending.byteLength < length) return;
      pending = pending.subarray(length);
      count += 1;
      if (performance.now() < until) socket.write(request);
      else socket.end(() => resolve(count));
    });
  });
}

/** Of the first answer in `bytes`, head and body; undefined while its head is incomplete. */
function answerLength(bytes: Buffer): number | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end === -1) return undefined;
  const head = bytes.toString("latin1", 0, end);
  if (!/^HTTP\/1\.1 (?:200|304) /.test(head)) throw new Error(`unexpected answer: ${head}`);
  if (/\r\ntransfer-encoding: chunked/i.test(head)) {
    const last = bytes.indexOf(LAST_CHUNK, end);
    return last === -1 ? undefined : last + LAST_CHUNK.length;
  }
  return end + 4 + Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
}
