// A process of its own that outlives the tests by a moment. When the pipe from them closes, however they ended
// (a kill -9 too), it ends the processes and removes the folders that they registered.

import { rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

const GRACE_MS = 3_000;
const POLL_MS = 50;

/** Process group → the signal that ends it tidily. */
const groups = new Map();
const folders = new Set();

for await (const line of createInterface({ input: process.stdin })) {
  const { register, forget } = JSON.parse(line);
  if (register?.group !== undefined) groups.set(register.group, register.signal);
  if (register?.folder !== undefined) folders.add(register.folder);
  if (forget?.group !== undefined) groups.delete(forget.group);
  if (forget?.folder !== undefined) folders.delete(forget.folder);
}

for (const [group, signal] of groups) {
  send(group, signal);
  // A stopped process takes no signal before it goes on.
  send(group, "SIGCONT");
}
const deadline = Date.now() + GRACE_MS;
while (Date.now() < deadline && [...groups.keys()].some((group) => send(group, 0))) await sleep(POLL_MS);
for (const group of groups.keys()) send(group, "SIGKILL");
for (const folder of folders)
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: POLL_MS });

function send(group, signal) {
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}
