/**
 * A whole Gantry without pages that watches its own event loop. Says its address and a token, and answers each message
 * with the longest pause since the last one, and the longest time that it computed without coming round.
 */

import { readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { compareReports } from "@/lib/marketplace/versions/difference-task";
import { hostileReports } from "@/tests/bench/hostile/reports";
import { startTestGantry } from "@/tests/support/gantry";

/** The histogram counts the sampling interval as a delay, so that much is taken off. */
export const RESOLUTION_MS = 1;

const gantry = await startTestGantry({ GANTRY_REGISTRIES: process.env.BENCH_REGISTRY ?? "" });
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
let longestCpuMs = 0;
let cpuBefore = cpuMs();
setInterval(() => {
  const cpu = cpuMs();
  longestCpuMs = Math.max(longestCpuMs, cpu - cpuBefore);
  cpuBefore = cpu;
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
  process.send?.({ longestMs, p99Ms, longestCpuMs });
  reset();
}

function reset(): void {
  delay.reset();
  longestCpuMs = 0;
}

/** What the main thread has computed: unlike a pause it does not grow when others have the machine. Linux only. */
function cpuMs(): number {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
  } catch {
    return 0;
  }
}
