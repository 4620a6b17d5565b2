import { createLog, type Log } from "@/lib/platform/log";

export type LogLine = Record<string, unknown> & { level: string; msg: string };

/** A log whose lines are kept instead of printed. */
export function keptLog(level: "debug" | "info" = "debug"): { log: Log; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const log = createLog(level, { write: (line) => void lines.push(JSON.parse(line)) });
  return { log, lines };
}
