import { existsSync, readdirSync, readlinkSync } from "node:fs";

/** `socket:[12345]` for each open socket of this process; empty where there is no /proc. */
export function openSockets(): string[] {
  if (!existsSync("/proc/self/fd")) return [];
  return readdirSync("/proc/self/fd")
    .map(targetOf)
    .filter((target) => target.startsWith("socket:"));
}

function targetOf(handle: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${handle}`);
  } catch {
    // The handle that listed the folder is closed by now.
    return "";
  }
}
