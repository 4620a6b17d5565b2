import { readFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { UpdateClient, UpdateItem } from "@/lib/catalog/documents/update-documents";
import type { HostOs } from "@/lib/extension/metadata/host-os";
import { type Command, EXIT, type ExitCode, UsageError } from "@/scripts/gantry/command";
import { terminalJson } from "@/scripts/gantry/terminal-json";
import { askServer } from "@/scripts/gantry/updates/ask-server";
import { detectHost, listExtensions, withDigests } from "@/scripts/gantry/updates/docker";
import { type InstalledExtension, readInstalledList } from "@/scripts/gantry/updates/installed-list";
import { commandsFor } from "@/scripts/gantry/updates/update-commands";
import { type UpdatesArguments, updatesArguments } from "@/scripts/gantry/updates/updates-arguments";
import { updatesText } from "@/scripts/gantry/updates/updates-text";

export const updatesCommand: Command = {
  summary: "Checks installed extensions against a Gantry server and prints the commands to update them.",
  help: `--server <url> [--desktop <version> | --api <version>] [options]

  --server   the URL of your Gantry server; default: GANTRY_URL
  --desktop  the Docker Desktop version, --api the Extension API version; default: as docker version reports
  --arch     amd64 or arm64; default: that of Docker, or of this machine
  --os       darwin, windows or linux; default: this machine's
  --channel  stable or prerelease; default: each version's own
  --file     a list of installed extensions: the output of docker extension ls, or JSON; - is standard input.
             Without it, Gantry runs docker extension ls
  --by-tag   references images by tag in the commands, not by digest
  --json     prints the server's responses; --quiet prints only the commands, for a shell

Exit codes: 0 no action needed, 10 updates available, 11 withdrawn or blocked versions, 2 invalid usage,
3 the server or the network failed.`,
  async run(args, terminal) {
    const asked = updatesArguments(args, process.env.GANTRY_URL || undefined);
    const installed = await installedBy(asked, terminal.folder);
    const items =
      installed.length === 0 ? [] : await askServer(asked.server, await clientOf(asked), installed);
    const commands = items.flatMap((item) => commandsFor(item, asked.byTag));
    if (asked.output === "json") terminal.out(terminalJson({ items, commands }));
    else if (asked.output === "table") terminal.out(updatesText(items, commands, terminal.style));
    else if (commands.length > 0) terminal.out(commands.join("\n"));
    return exitCodeOf(items);
  },
};

async function installedBy({ file }: UpdatesArguments, folder: string): Promise<InstalledExtension[]> {
  if (file === undefined) return withDigests(readInstalledList(await listExtensions()));
  return readInstalledList(file === "-" ? await text(process.stdin) : await read(path.resolve(folder, file)));
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const SYSTEMS: Partial<Record<NodeJS.Platform, HostOs>> = {
  darwin: "darwin",
  win32: "windows",
  linux: "linux",
};
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = { x64: "amd64", arm64: "arm64" };

async function clientOf(asked: UpdatesArguments): Promise<UpdateClient> {
  const isTold = asked.desktop !== undefined || asked.api !== undefined;
  const found = isTold && asked.arch !== undefined ? undefined : await detectHost();
  const desktop = asked.desktop ?? (asked.api === undefined ? found?.desktop : undefined);
  if (desktop === undefined && asked.api === undefined)
    throw new UsageError("Docker did not report a Docker Desktop version. Specify --desktop or --api.");
  const arch = asked.arch ?? found?.arch ?? ARCHITECTURES[process.arch] ?? process.arch;
  const { api, channel, os = SYSTEMS[process.platform] } = asked;
  return { desktop, api, arch, os, channel };
}

function exitCodeOf(items: readonly UpdateItem[]): ExitCode {
  const actions = new Set(items.map(({ action }) => action));
  if (actions.has("blocked") || actions.has("yanked")) return EXIT.withdrawn;
  const hasUpdate = actions.has("update") || actions.has("moved") || actions.has("digest_differs");
  return hasUpdate ? EXIT.updates : EXIT.ok;
}
