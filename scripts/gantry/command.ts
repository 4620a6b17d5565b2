/** One command of `npm run gantry`. */
export type Command = {
  /** One line for the list of commands. */
  summary: string;
  /** What `--help` prints, without the name of the program. */
  help: string;
  /** Resolves with the exit code. Throws `UsageError` for arguments that make no sense, `AppError` for what failed. */
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>;
};

/** What a build can act upon. */
export const EXIT = {
  /** Everything that was checked passed. */
  ok: 0,
  /** A check with severity error failed, or an act is needed: the caller's turn. */
  failed: 1,
  /** The command line makes no sense. */
  usage: 2,
  /** The registry, the network or Gantry itself failed: nothing is known, and a later try may do. */
  trouble: 3,
  /** `updates`: something is to be updated. */
  updates: 10,
  /** `updates`: something that is installed was withdrawn or is blocked. */
  withdrawn: 11,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Where a command was called, and where it writes. */
export type Terminal = {
  /** Paths in its arguments begin here; the process itself is in the checkout. */
  folder: string;
  /** Standard output: the result alone. */
  out(text: string): void;
  /** Standard error: progress and problems. */
  err(text: string): void;
  /** Whether a person watches standard error, so that progress may be shown. */
  interactive: boolean;
  /** Colours where they are wanted, plain text elsewhere. */
  style: Style;
};

export type Style = Record<"bold" | "dim" | "red" | "yellow" | "green" | "blue", (text: string) => string>;

/** Arguments that make no sense; ends with exit code 2. */
export class UsageError extends Error {}
