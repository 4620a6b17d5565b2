import { inspect } from "node:util";
import { nearest } from "@/lib/extension/text/nearest";
import { visible } from "@/lib/extension/text/quoted";
import { attributeError } from "@/lib/inspection/error-attribution";
import { isAppError } from "@/lib/platform/errors";
import { type Command, EXIT, type ExitCode, type Terminal, UsageError } from "@/scripts/gantry/command";
import { COMMANDS } from "@/scripts/gantry/commands";

/** Messages can repeat text of a registry, so they are printed without control characters. */
const MESSAGE_CHARACTERS = 2_000;

/** Runs the command that `args` name and resolves with the exit code. Never throws. */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name = "", ...rest] = args;
  if (["", "help", "--help", "-h"].includes(name)) {
    terminal.out(overview());
    return name === "" ? EXIT.usage : EXIT.ok;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    terminal.err(unknownCommand(name));
    return EXIT.usage;
  }
  return runCommand(name, command, rest, terminal);
}

async function runCommand(
  name: string,
  command: Command,
  args: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  if (args.includes("--help") || args.includes("-h")) {
    terminal.out(`Usage: npm run gantry -- ${name} ${command.help}`);
    return EXIT.ok;
  }
  try {
    return await command.run(args, terminal);
  } catch (error) {
    return report(name, error, terminal);
  }
}

function report(name: string, error: unknown, { err, style }: Terminal): ExitCode {
  if (error instanceof UsageError) {
    err(`${style.red(error.message)}\nnpm run gantry -- ${name} --help lists its options.`);
    return EXIT.usage;
  }
  if (!isAppError(error)) {
    err(`${style.red("Gantry encountered an internal error.")}\n${inspect(error)}`);
    return EXIT.trouble;
  }
  err(style.red(visible(error.message, MESSAGE_CHARACTERS)));
  err(visible(error.suggestion, MESSAGE_CHARACTERS));
  switch (attributeError(error)) {
    case "askers":
      return EXIT.usage;
    case "publishers":
      return EXIT.failed;
    case "ours":
      return EXIT.trouble;
  }
}

function overview(): string {
  const names = Object.keys(COMMANDS);
  const width = Math.max(...names.map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    "Usage: npm run gantry -- <command> [options]",
    "",
    ...lines,
    "",
    "npm run gantry -- <command> --help shows the options of a command.",
    "Exit codes: 0 success, 1 you need to fix something, 2 invalid usage, 3 a registry, the network or Gantry failed.",
  ].join("\n");
}

function unknownCommand(name: string): string {
  const meant = nearest(name, Object.keys(COMMANDS), 2);
  const hint = meant === undefined ? "" : ` Did you mean ${meant}?`;
  return `Unknown command ${JSON.stringify(name)}.${hint}\n\n${overview()}`;
}
