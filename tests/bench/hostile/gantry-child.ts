/**
 * A whole Gantry without pages that watches its own event loop. Says its address and a token, and answers each message
 * with the longest pause since the last one, how much of it the event loop waited for a processor, and the longest time
 * that it computed without coming round.
 */

import { readFileSync } from "node:fs";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { compareReports } from "@/lib/marketplace/versions/difference-task";
import { hostileReports } from "@/tests/bench/hostile/reports";
import { startTestGantry } from "@/tests/support/gantry";

/** The histogram counts the sampling interval as a delay, so that much is taken off. */
export const RESOLUTION_MS = 1;

const gantry = await startTestGantry({ GANTRY_REGISTRIES: process.env.BENCH_REGISTRY ?? "" });
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
let longestCpuMs = 0;
let longest = { pauseMs: 0, queuedMs: 0 };
let before = reading();
setInterval(() => {
  const now = reading();
  longestCpuMs = Math.max(longestCpuMs, now.cpuMs - before.cpuMs);
  const pauseMs = now.atMs - before.atMs;
  if (pauseMs > longest.pauseMs) longest = { pauseMs, queuedMs: now.queuedMs - before.queuedMs };
  before = now;
}, RESOLUTION_MS);

process.on("message", (message: "pause" | "compare") => void answer(message));
process.on("disconnect", () => void gantry.close().finally(() => process.exit()));
process.send?.({ url: gantry.url, token: gantry.adminToken });

async function answer(message: "pause" | "compare"): Promise<void> {
  if (message === "compare") {
    const [before, after] = hostileReports();
    await new Promise((resolve) => setTimeout(resolve, 100));
    reset();
    await compareReports(before, after);
  }
  const longestMs = Math.max(0, delay.max / 1e6 - RESOLUTION_MS);
  const p99Ms = Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS);
  process.send?.({ longestMs, p99Ms, longestCpuMs, queuedMs: longest.queuedMs });
  reset();
}

function reset(): void {
  delay.reset();
  longestCpuMs = 0;
  longest = { pauseMs: 0, queuedMs: 0 };
}

/**
 * What the main thread has computed so far, and how long it was ready while others had the processors: unlike the first,
 * the second grows with everything else that runs on the machine. Linux only.
 */
function reading(): { atMs: number; cpuMs: number; queuedMs: number } {
  const atMs = performance.now();
  try {
    const [cpu, queued] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ");
    return { atMs, cpuMs: Number(cpu) / 1e6, queuedMs: Number(queued) / 1e6 };
  } catch {
    return { atMs, cpuMs: 0, queuedMs: 0 };
  }
}
