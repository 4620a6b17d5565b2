/** Watchdog: kills a process with a blocked event loop, so that a supervisor can restart it. */

import { Worker } from "node:worker_threads";
import type { Log } from "@/lib/platform/log";

const BEAT_MS = 1_000;
/** Far longer than any work should block the event loop. */
const FROZEN_SECONDS = 120;
const BEATS_PER_SECOND = 1_000 / BEAT_MS;

/**
 * Kills the process once its event loop has not run for `frozenSeconds`, because it can no longer stop gracefully. Time
 * in which the whole process was suspended does not count, because the counting thread was suspended, too.
 */
export function startWatchdog(log: Log, frozenSeconds = FROZEN_SECONDS): void {
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  setInterval(() => Atomics.add(beats, 0, 1), BEAT_MS).unref();
  const line = JSON.stringify({ level: "fatal", msg: `the event loop stood still for ${frozenSeconds} s` });
  const workerData = { beats, line, beatMs: BEAT_MS, silentMax: frozenSeconds * BEATS_PER_SECOND };
  const thread = new Worker(THREAD, { eval: true, execArgv: [], workerData });
  thread.on("error", (err) => log.error({ err }, "the watchdog ended; a frozen process will not be killed"));
  thread.unref();
}

/** Plain JavaScript without its own file, so that the thread needs no loader. */
const THREAD = `
const { writeSync } = require("node:fs");
const { beats, line, beatMs, silentMax } = require("node:worker_threads").workerData;
let last = -1;
let silent = 0;
setInterval(() => {
  const now = Atomics.load(beats, 0);
  silent = now === last ? silent + 1 : 0;
  last = now;
  if (silent < silentMax) return;
  writeSync(1, line + "\\n");
  process.kill(process.pid, "SIGKILL");
}, beatMs);
`;
