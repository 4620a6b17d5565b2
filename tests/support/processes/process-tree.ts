import { readdirSync, readFileSync } from "node:fs";

/** Sends a signal to a process and to all that descend from it, whatever groups they are in. Needs Linux's /proc. */
export function signalProcessTree(root: number | undefined, signal: NodeJS.Signals): void {
  if (root === undefined) return;
  for (const pid of [root, ...descendantsOf(root)]) sendIfAlive(pid, signal);
}

function descendantsOf(root: number): number[] {
  const parents = parentsByProcess();
  const childrenOf = (parent: number): number[] =>
    [...parents].filter(([, its]) => its === parent).map(([pid]) => pid);
  const descend = (pid: number): number[] => childrenOf(pid).flatMap((child) => [child, ...descend(child)]);
  return descend(root);
}

function parentsByProcess(): Map<number, number> {
  const pids = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return new Map(pids.map((pid) => [pid, Number(statOf(pid)?.parent)]));
}

/** False also for a process that has ended and was not awaited yet. */
export function isRunning(pid: number): boolean {
  const stat = statOf(pid);
  return stat !== undefined && stat.state !== "Z";
}

/** Fields 3 and 4 of proc(5) stat, after a name in parentheses that may itself hold spaces. */
function statOf(pid: number): { state: string | undefined; parent: string | undefined } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { state, parent };
  } catch {
    return undefined;
  }
}

function sendIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
