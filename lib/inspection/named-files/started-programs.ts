import { normalizeImagePath } from "@/lib/archive/entry-path";
import type { ImageFiles } from "@/lib/inspection/files/image-files";
import type { PlatformImage } from "@/lib/inspection/image/platform-images";
import type { Program } from "@/lib/inspection/layers/program";

/** A program in the image. `path`: from the root, with links not followed. */
export type ImageProgram = { path: string; program: Program };

const WORDS_MAX = 16;
const FOLDERS_MAX = 16;
const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const SHELL = /(?:^|\/)(?:ba|da|a|z)?sh$/;

/**
 * The programs that a container of the image starts: the entrypoint, and what it starts in turn as far as its arguments
 * show, such as `/service` in `/tini -- /service` and in `/bin/sh -c "exec /service"`. Omits what is not found.
 */
export async function startedPrograms(
  { start, environment }: Pick<PlatformImage, "start" | "environment">,
  files: ImageFiles,
): Promise<ImageProgram[]> {
  const [first, ...others] = start.command.slice(0, WORDS_MAX);
  if (first === undefined) return [];
  const further = SHELL.test(first) ? wordsOfScript(others) : others.filter((word) => word.startsWith("/"));
  const found: ImageProgram[] = [];
  for (const word of new Set([first, ...further])) {
    for (const path of placesOf(word, start.workingDir, environment)) {
      const located = await files.locate(path);
      if (located.kind === "absent") continue;
      if (located.kind === "file" && located.program !== undefined)
        found.push({ path, program: located.program });
      break;
    }
  }
  return found;
}

/** The first word of the script after `-c`, behind variables and `exec`. */
function wordsOfScript(shellArguments: readonly string[]): string[] {
  const script = shellArguments[0] === "-c" ? (shellArguments[1] ?? "") : "";
  const words = script.trim().split(/\s+/, WORDS_MAX);
  const command = words.find((word) => word !== "exec" && !/^[A-Za-z_]\w*=/.test(word));
  return command !== undefined && /^[\w./-]+$/.test(command) ? [command] : [];
}

/** Where a word is looked up, as `execvp` does. */
function placesOf(word: string, workingDir: string, environment: readonly string[]): string[] {
  if (word.startsWith("/")) return [normal(word)];
  if (word.includes("/")) return [normal(`${workingDir}/${word}`)];
  const path = environment.find((variable) => variable.startsWith("PATH="))?.slice("PATH=".length);
  const folders = (path ?? DEFAULT_PATH).split(":").slice(0, FOLDERS_MAX);
  return folders.map((folder) => normal(`${folder}/${word}`));
}

function normal(path: string): string {
  return `/${normalizeImagePath(path) ?? path}`;
}
