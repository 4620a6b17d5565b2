/** Masterminds/semver v3 as Debian packages it, asked in one batch. */

import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export type Question = { range: string; versions: readonly string[] };

/** Per question: undefined where the range is refused, else for each version whether it fits (undefined = no version there). */
export type OracleAnswer = (boolean | undefined)[] | undefined;

const SOURCE = fileURLToPath(new URL("./oracle.go", import.meta.url));
/** Where Debian puts the sources of Go packages. */
const GO_PATH = "/usr/share/gocode";

export async function askGo(questions: readonly Question[]): Promise<OracleAnswer[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "gantry-go-"));
  try {
    const program = path.join(folder, "oracle");
    const env = {
      ...process.env,
      ...{ GO111MODULE: "off", GOFLAGS: "", GOPATH: GO_PATH, GOCACHE: path.join(folder, "cache") },
    };
    await promisify(execFile)("go", ["build", "-o", program, SOURCE], { env });
    const lines = questions.map(({ range, versions }) => `${JSON.stringify([range, ...versions])}\n`);
    return (await through(program, lines.join(""))).trimEnd().split("\n").map(answerOf);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function through(program: string, input: string): Promise<string> {
  const child = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(input);
  return text(child.stdout);
}

function answerOf(line: string): OracleAnswer {
  return line === "error"
    ? undefined
    : [...line.slice(1)].map((mark) => (mark === "-" ? undefined : mark === "1"));
}
