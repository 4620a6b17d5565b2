import { parseArgs } from "node:util";
import { UsageError } from "@/scripts/gantry/command";
import { serverAddress } from "@/scripts/gantry/server";

export type ReleasesArguments = {
  /** A path, or `-` for standard input. */
  file: string;
  /** Gantry's URL, without a trailing slash. */
  server: string;
  token: string;
  dryRun: boolean;
  json: boolean;
};

const OPTIONS = {
  server: { type: "string" },
  "dry-run": { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

/** Throws `UsageError`. The token is not an option, because other users can see command lines. */
export function releasesArguments(
  args: readonly string[],
  environment: { url: string | undefined; token: string | undefined },
): ReleasesArguments {
  const { values, positionals } = parsed(args);
  const [action, file, ...more] = positionals;
  if (action !== "import" || file === undefined || more.length > 0)
    throw new UsageError("Name one file: releases import FILE, or - for standard input.");
  if (environment.token === undefined)
    throw new UsageError("Set GANTRY_TOKEN to an API token of an admin with the scope admin.");
  return {
    file,
    server: serverAddress(values.server ?? environment.url ?? ""),
    token: environment.token,
    dryRun: values["dry-run"],
    json: values.json,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split(". ", 1)[0] ?? "") : String(error));
  }
}
