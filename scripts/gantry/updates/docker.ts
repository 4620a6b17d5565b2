/** Queries the local Docker for its extensions and the version of Docker Desktop. */

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UsageError } from "@/scripts/gantry/command";
import type { InstalledExtension } from "@/scripts/gantry/updates/installed-list";

const TIMEOUT_MS = 30_000;
const OUTPUT_BYTES_MAX = 4 * 1024 * 1024;

/** Returns a table. Throws `UsageError` without Docker, or without its extension command. */
export async function listExtensions(): Promise<string> {
  try {
    return await docker("extension", "ls");
  } catch (error) {
    throw new UsageError(
      `docker extension ls failed (${firstLine(error)}). Provide a list with --file, or use --file - for standard input.`,
    );
  }
}

export type DetectedHost = { desktop: string | undefined; arch: string | undefined };

/** Values that cannot be detected are undefined. */
export async function detectHost(): Promise<DetectedHost> {
  try {
    const [platform = "", arch] = (
      await docker("version", "--format", "{{.Server.Platform.Name}}|{{.Server.Arch}}")
    )
      .trim()
      .split("|");
    return { desktop: desktopIn(platform), arch: arch || undefined };
  } catch {
    return { desktop: undefined, arch: undefined };
  }
}

/** Extracts 4.38.0 from `Docker Desktop 4.38.0 (181591)`. */
export function desktopIn(platform: string): string | undefined {
  return /Docker Desktop\s+v?(\d+\.\d+(?:\.\d+)?)/.exec(platform)?.[1];
}

/** Adds the digests of local images. Adds none without Docker, or for images that it does not have. */
export async function withDigests(installed: readonly InstalledExtension[]): Promise<InstalledExtension[]> {
  return Promise.all(
    installed.map(async (one) => {
      if (one.digest !== undefined) return one;
      const digest = await digestOf(one).catch(() => undefined);
      return digest === undefined ? one : { ...one, digest };
    }),
  );
}

async function digestOf({ repository, tag }: InstalledExtension): Promise<string | undefined> {
  const format = "{{range .RepoDigests}}{{println .}}{{end}}";
  const lines = (await docker("image", "inspect", "--format", format, `${repository}:${tag}`)).split("\n");
  return lines.map((line) => line.trim().split("@")).find(([name]) => name === repository)?.[1];
}

async function docker(...args: string[]): Promise<string> {
  const options = { timeout: TIMEOUT_MS, maxBuffer: OUTPUT_BYTES_MAX };
  const { stdout } = await promisify(execFile)("docker", args, options);
  return stdout;
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n", 1)[0]?.slice(0, 200) ?? "";
}
