import { createLog, type Log } from "@/lib/platform/log";

export type LogLine = Record<string, unknown> & { level: string; msg: string };

/** A log whose lines are kept instead of printed. */
export function keptLog(): { log: Log; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const log = createLog("debug", { write: (line) => void lines.push(JSON.parse(line)) });
  return { log, lines };
}
