import type { Command } from "@/scripts/gantry/command";
import { inspectCommand } from "@/scripts/gantry/inspect/inspect";
import { releasesCommand } from "@/scripts/gantry/releases/releases";
import { updatesCommand } from "@/scripts/gantry/updates/updates";

/** Every command of `npm run gantry`. To add one, write it in its own folder and list it here. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  inspect: inspectCommand,
  releases: releasesCommand,
  updates: updatesCommand,
};
