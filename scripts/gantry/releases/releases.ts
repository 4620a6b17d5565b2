import { readFile } from "node:fs/promises";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import type { ReleaseImportResult } from "@/lib/marketplace/desktop-releases/import-desktop-releases";
import { type Command, EXIT, type Terminal, UsageError } from "@/scripts/gantry/command";
import { releasesArguments } from "@/scripts/gantry/releases/releases-arguments";
import { sendReleases } from "@/scripts/gantry/releases/send-releases";
import { terminalJson } from "@/scripts/gantry/terminal-json";

export const releasesCommand: Command = {
  summary: "Imports Docker Desktop releases from a CSV file into a Gantry server.",
  help: `import <file.csv> --server <url> [--dry-run] [--json]

Adds the releases of the file and replaces those that the server knows; other releases stay. With a problem in any
line, nothing is imported.

  The file has a header with these columns, in any order:
    version          4.91.0
    released_on      2026-09-14, or empty; without this column, known dates stay
    api_version      0.4.2, or empty if unknown
    compose_version  2.40.3, or empty if unknown; without this column, known versions stay
    confidence       verified, inferred or unverified
    source           where you found the API version

  --server   the URL of your Gantry server; default: GANTRY_URL
  --dry-run  only checks the file and prints what it would change
  --json     prints the server's response

GANTRY_TOKEN is an API token of an admin with the scope admin. - reads standard input.

Exit codes: 0 imported, 1 the file has problems, 2 invalid usage, 3 the server or the network failed.`,
  async run(args, terminal) {
    const { GANTRY_URL, GANTRY_TOKEN } = process.env;
    const asked = releasesArguments(args, { url: GANTRY_URL || undefined, token: GANTRY_TOKEN || undefined });
    const csv = utf8(asked.file, await bytesOf(asked.file, terminal.folder));
    const answer = await sendReleases(asked, csv);
    if (answer.kind === "refused") {
      terminal.err(refusal(answer, terminal));
      return EXIT.failed;
    }
    terminal.out(asked.json ? terminalJson(answer.result) : resultText(answer.result));
    return EXIT.ok;
  },
};

async function bytesOf(file: string, folder: string): Promise<Uint8Array> {
  if (file === "-") return buffer(process.stdin);
  try {
    return await readFile(path.resolve(folder, file));
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function utf8(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${file} is not UTF-8. Save it as “CSV UTF-8”.`);
  }
}

type Refusal = {
  message: string;
  suggestion: string | undefined;
  problems: { line: number; message: string }[];
};

function refusal({ message, suggestion, problems }: Refusal, { style }: Terminal): string {
  const lines = problems.map((problem) => `  line ${problem.line}: ${problem.message}`);
  return [style.red(message), ...lines, ...(suggestion === undefined ? [] : [suggestion])].join("\n");
}

function resultText({ dryRun, added, changed, unchanged }: ReleaseImportResult): string {
  const lines = [
    ...added.map(({ version, apiVersion }) => `  + ${version}  Extension API ${apiVersion ?? "unknown"}`),
    ...changed.map(
      ({ after: { version, apiVersion } }) => `  ~ ${version}  Extension API ${apiVersion ?? "unknown"}`,
    ),
  ];
  const counts = `${added.length} added, ${changed.length} changed, ${unchanged} unchanged`;
  return [...lines, dryRun ? `Dry run: ${counts}. Nothing was imported.` : `Imported: ${counts}.`].join("\n");
}
