/** nginx on files, as Debian's `nginx-light` has it. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@/tests/support/processes/free-port";
import { temporaryFolder } from "@/tests/support/processes/left-behind";

export type Nginx = {
  origin: string;
  /** Serves these bytes under `/answer.json`; returns the ETag that nginx gives them. */
  teach(bytes: Uint8Array): Promise<string>;
  stop(): Promise<void>;
};

const TRIES = 100;
const TRY_MS = 50;

/** Undefined where it is not installed. */
export async function startNginx(): Promise<Nginx | undefined> {
  if (spawnSync("nginx", ["-v"]).error !== undefined) return undefined;
  const folder = temporaryFolder("bench-nginx");
  chmodSync(folder.path, 0o755);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const file = path.join(folder.path, "nginx.conf");
  writeFileSync(file, configuration(folder.path, port));
  writeFileSync(path.join(folder.path, "answer.json"), "{}");
  const child = spawn("nginx", ["-c", file, "-p", folder.path], { stdio: "ignore" });
  await untilUp(origin, child);
  return {
    origin,
    async teach(bytes) {
      writeFileSync(path.join(folder.path, "answer.json"), bytes);
      const answer = await fetch(`${origin}/answer.json`, { method: "HEAD" });
      return answer.headers.get("etag") ?? "";
    },
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill();
      await ended;
      folder.remove();
    },
  };
}

function configuration(folder: string, port: number): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join("\n  ");
  return `daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 512; }
http {
  ${temporary}
  access_log off;
  default_type application/json;
  keepalive_requests 100000000;
  open_file_cache max=10 inactive=60s;
  open_file_cache_valid 1s;
  server { listen 127.0.0.1:${port}; root ${folder}; }
}
`;
}

async function untilUp(origin: string, child: ChildProcess): Promise<void> {
  for (let tried = 0; tried < TRIES && child.exitCode === null; tried += 1) {
    const isUp = await fetch(`${origin}/answer.json`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await sleep(TRY_MS);
  }
  child.kill();
  throw new Error("nginx did not come up");
}
