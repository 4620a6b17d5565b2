/** One command of `npm run gantry`. */
export type Command = {
  /** A one-line summary for the list of commands. */
  summary: string;
  /** What `--help` prints, without the name of the program. */
  help: string;
  /** Resolves with the exit code. Throws `UsageError` for invalid arguments and `AppError` for failures. */
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>;
};

/** Exit codes, for scripts. */
export const EXIT = {
  /** All checks passed. */
  ok: 0,
  /** A check with severity error failed, or the caller must act. */
  failed: 1,
  /** The command line is invalid. */
  usage: 2,
  /** The registry, the network or Gantry failed: the result is unknown, and a retry can succeed. */
  trouble: 3,
  /** `updates`: an update is available. */
  updates: 10,
  /** `updates`: an installed version was withdrawn or blocked. */
  withdrawn: 11,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Where a command was called, and where it writes. */
export type Terminal = {
  /** Paths in the arguments are relative to it; the process itself runs in the checkout. */
  folder: string;
  /** Standard output: the result alone. */
  out(text: string): void;
  /** Standard error: progress and problems. */
  err(text: string): void;
  /** Whether a person watches standard error, so that progress can be shown. */
  interactive: boolean;
  /** Colors on a terminal that wants them, plain text elsewhere. */
  style: Style;
};

export type Style = Record<"bold" | "dim" | "red" | "yellow" | "green" | "blue", (text: string) => string>;

/** Invalid arguments; exits with code 2. */
export class UsageError extends Error {}
