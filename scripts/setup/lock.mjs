import {
  appendFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inRoot } from "./root.mjs";

const LOCK_FILE = inRoot(".gantry", "setup.lock");
const POLL_MS = 250;

/**
 * Runs `work` while no other process sets up this checkout. The lock file lists the processes that hold it, one per
 * line (this process, and programs that it starts, which may outlive it), so that a lock left by a crash can be taken
 * over.
 */
export async function withSetupLock(work, { file = LOCK_FILE, tell = console.log } = {}) {
  await takeLock(file, tell);
  try {
    return await work({ hold: (pid) => appendFileSync(file, `${identityOf(pid)}\n`) });
  } finally {
    rmSync(file, { force: true });
  }
}

async function takeLock(file, tell) {
  mkdirSync(path.dirname(file), { recursive: true });
  let told = false;
  while (!tryLock(file)) {
    const holders = readHolders(file) ?? [];
    if (!holders.some(isAlive)) {
      dropStaleLock(file, holders);
      continue;
    }
    if (!told) tell(waitingFor(file, holders));
    told = true;
    await sleep(POLL_MS);
  }
}

/** Creates the lock with its content in one step, so that no other process sees an empty one. */
function tryLock(file) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${identityOf(process.pid)}\n`);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Two waiting processes can both find the lock stale: the slower one must not remove the new lock of the faster one.
 */
function dropStaleLock(file, staleHolders) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readHolders(aside)?.join() !== staleHolders.join()) linkSync(aside, file);
  } catch (error) {
    if (error.code !== "ENOENT" && error.code !== "EEXIST") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function readHolders(file) {
  try {
    return readFileSync(file, "utf8").trim().split("\n");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

function waitingFor(file, holders) {
  const pids = holders.map((holder) => holder.split(" ")[0]).join(", ");
  return `Another process (${pids}) is setting up this checkout; waiting for it. \
If that process does not belong to Gantry, delete ${path.relative(process.cwd(), file)}.`;
}

/** A process ID with its start time, where the system provides it: IDs are reused, the pair is not. */
export function identityOf(pid) {
  return `${pid} ${startTimeOf(pid) ?? "-"}`;
}

function isAlive(identity) {
  const [pid, startTime] = identity.split(" ");
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (error.code !== "EPERM") return false;
  }
  return (startTimeOf(pid) ?? "-") === startTime;
}

/**
 * Field 22 of proc(5) stat. It follows a name in parentheses, which can itself contain spaces. Undefined for a process
 * that has ended.
 */
function startTimeOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return state === "Z" ? undefined : fields[18];
  } catch {
    return undefined;
  }
}
