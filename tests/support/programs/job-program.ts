/**
 * A process that works on jobs which a test told to crash it, on the engine that its environment names. It says on its
 * output what it does: `began killer beside 1`, `ended good-1`, `gave up killer after 5`.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { openPglite } from "@/lib/platform/db/pglite/open-pglite";
import { openPostgres } from "@/lib/platform/db/postgres";
import { transact } from "@/lib/platform/db/transact";
import type { JobKind } from "@/lib/platform/jobs/job-kind";
import { createLog } from "@/lib/platform/log";
import { startQueue } from "@/lib/platform/queue";
import { startWatchdog } from "@/lib/process/watchdog";

export type ProgramJob = {
  name: string;
  /** `abort` ends the process, `freeze` blocks it, `stutter` often does so briefly, `wait` lasts until a stop message. */
  act: "finish" | "abort" | "progress-and-abort" | "freeze" | "stutter" | "wait";
};

const {
  DATABASE_URL,
  FOLDER = "",
  JOBS = "[]",
  PAUSE_SECONDS = "1",
  HOUR_FROM = "99",
  LANES = "3",
  FROZEN_SECONDS,
} = process.env;

const CRASHY: JobKind<ProgramJob> = {
  name: "crashy",
  retryLimit: 0,
  retryDelaySeconds: 0,
  expireInSeconds: 300,
  subject: ({ name }) => name,
};

const log = createLog("error");
const db = DATABASE_URL === undefined ? await openPglite(FOLDER) : openPostgres(DATABASE_URL, log);
const timing = {
  heartbeatMs: 200,
  leaseSeconds: 2,
  crashDelaySeconds(crashes: number) {
    if (crashes >= Number(HOUR_FROM)) return 3_600;
    return crashes < 2 ? 0 : Number(PAUSE_SECONDS);
  },
};
const alone = DATABASE_URL === undefined;
const queue = await startQueue({ db, log, kinds: [CRASHY], maintain: true, alone, timing });
const running = new Set<string>();

const jobs: ProgramJob[] = JSON.parse(JOBS);
await transact(db, async (tx) => {
  for (const job of jobs) await queue.send(tx, CRASHY, job.name, job);
});

// Opening the embedded engine may itself block a busy machine for seconds.
if (FROZEN_SECONDS !== undefined) startWatchdog(log, Number(FROZEN_SECONDS));
await queue.work(CRASHY, Number(LANES), {
  async run({ name, act }, { signal, progressed }) {
    console.log(`began ${name} beside ${running.size}`);
    running.add(name);
    try {
      await sleep(150);
      if (act === "progress-and-abort") await progressed();
      if (act === "abort" || act === "progress-and-abort") process.abort();
      if (act === "freeze") for (;;);
      if (act === "stutter") await stutter();
      if (act === "wait") await new Promise((_resolve, reject) => signal.addEventListener("abort", reject));
      else await sleep(450);
      console.log(`ended ${name}`);
    } finally {
      running.delete(name);
    }
  },
  async gaveUp({ name }, { crashes }) {
    console.log(`gave up ${name} after ${crashes}`);
  },
});
/** For four seconds, half a second at a time. */
async function stutter(): Promise<void> {
  for (let blocked = 0; blocked < 8; blocked += 1) {
    const until = Date.now() + 500;
    while (Date.now() < until);
    await sleep(1);
  }
}

console.log("works");

process.on("SIGTERM", async () => {
  await queue.stop();
  await db.close();
  process.exit(0);
});
setInterval(() => undefined, 1_000);
