import { parseArgs } from "node:util";
import { UsageError } from "@/scripts/gantry/command";
import { serverAddress } from "@/scripts/gantry/server";

const CHANNELS = ["stable", "prerelease"] as const;
const SYSTEMS = ["darwin", "windows", "linux"] as const;

/** The parsed arguments; undefined values are detected. */
export type UpdatesArguments = {
  /** Gantry's URL, without a trailing slash. */
  server: string;
  desktop: string | undefined;
  api: string | undefined;
  arch: string | undefined;
  os: (typeof SYSTEMS)[number] | undefined;
  channel: (typeof CHANNELS)[number] | undefined;
  /** A list of installed extensions to use instead of Docker's own; `-` is standard input. */
  file: string | undefined;
  output: "table" | "json" | "commands";
  byTag: boolean;
};

const OPTIONS = {
  server: { type: "string" },
  desktop: { type: "string" },
  api: { type: "string" },
  arch: { type: "string" },
  os: { type: "string" },
  channel: { type: "string" },
  file: { type: "string" },
  json: { type: "boolean", default: false },
  quiet: { type: "boolean", default: false },
  "by-tag": { type: "boolean", default: false },
} as const;

/** `environment`: the URL in GANTRY_URL. Throws `UsageError`. */
export function updatesArguments(args: readonly string[], environment: string | undefined): UpdatesArguments {
  const { server, os, channel, json, quiet, "by-tag": byTag, ...rest } = parsed(args);
  if (rest.desktop !== undefined && rest.api !== undefined)
    throw new UsageError("Use --desktop or --api, not both.");
  if (json && quiet) throw new UsageError("Use --json or --quiet, not both.");
  return {
    desktop: rest.desktop,
    api: rest.api,
    arch: rest.arch,
    file: rest.file,
    server: serverAddress(server ?? environment ?? ""),
    os: oneOf(SYSTEMS, os, "--os"),
    channel: oneOf(CHANNELS, channel, "--channel"),
    output: json ? "json" : quiet ? "commands" : "table",
    byTag,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split(". ", 1)[0] ?? "") : String(error));
  }
}

function oneOf<const Choice extends string>(
  choices: readonly Choice[],
  text: string | undefined,
  option: string,
): Choice | undefined {
  if (text === undefined) return undefined;
  const choice = choices.find((each) => each === text);
  if (choice !== undefined) return choice;
  throw new UsageError(`${option} must be one of ${choices.join(", ")}.`);
}
