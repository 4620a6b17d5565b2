/** Go programs that answer questions line by line, built once per run. */

import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";

/** Where Debian puts the sources of Go packages. */
const GO_PATH = "/usr/share/gocode";

/** Builds the Go file and asks it everything at once: one line of answer for each line of input. */
export async function askGoProgram(source: string, lines: readonly string[]): Promise<string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "gantry-go-"));
  try {
    const program = path.join(folder, "oracle");
    const env = {
      ...process.env,
      ...{ GO111MODULE: "off", GOFLAGS: "", GOPATH: GO_PATH, GOCACHE: path.join(folder, "cache") },
    };
    await promisify(execFile)("go", ["build", "-o", program, source], { env });
    const answers = (await through(program, lines.map((line) => `${line}\n`).join(""))).split("\n");
    answers.pop();
    if (answers.length !== lines.length)
      throw new Error(`${lines.length} questions, and ${answers.length} answers.`);
    return answers;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function through(program: string, input: string): Promise<string> {
  const child = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(input);
  return text(child.stdout);
}
