/** The unpackers of containerd, moby and containers-storage as Debian packages their sources: see appliers.go. */

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/**
 * `found`: per path the SHA-256 of the file there, or `nothing`, `folder` or `special`. `waits`: the FIFO that the
 * unpacker opens as if it were a folder, and at which it waits forever.
 */
export type Unpacked = { refused: string } | { waits: string } | { found: string[] };

/** What each unpacker made of an image, by its name. */
export type UnpackedByAll = Record<string, Unpacked>;

export type Unpackers = {
  names: readonly string[];
  /** Go and the packages that are compared with. */
  versions: string;
  unpack(layers: readonly Uint8Array[], paths: readonly string[]): Promise<UnpackedByAll>;
  close(): Promise<void>;
};

const SOURCE = fileURLToPath(new URL("./appliers.go", import.meta.url));
/** Where Debian puts the sources of Go packages. */
const GO_PATH = "/usr/share/gocode";
/** Compiling all of it takes half a minute, so it is kept beside what else is made out of the sources. */
const GO_CACHE = path.resolve("node_modules/.cache/go-build");
/** For packages out of Debian's place for them, without the network. */
export const GO_ENVIRONMENT = {
  ...process.env,
  ...{ GO111MODULE: "off", GOFLAGS: "", GOPATH: GO_PATH, GOCACHE: GO_CACHE },
};
const PACKAGES = [
  "golang-github-containerd-containerd-dev",
  "golang-github-docker-docker-dev",
  "golang-github-containers-storage-dev",
];

export async function startUnpackers(): Promise<Unpackers> {
  const folder = mkdtempSync(path.join(tmpdir(), "gantry-unpackers-"));
  const program = path.join(folder, "appliers");
  const scratch = path.join(folder, "scratch");
  mkdirSync(scratch);
  await promisify(execFile)("go", ["build", "-o", program, SOURCE], { env: GO_ENVIRONMENT });
  const child = spawn(program, [scratch], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const line = await lines.next();
    if (line.done === true) throw new Error("the unpackers ended; their message stands above");
    return JSON.parse(line.value);
  };
  const greeting = await next();
  return {
    names: greeting.unpackers,
    versions: [greeting.go, ...(await packageVersions())].join(", "),
    // Answers come in the order of the questions.
    unpack(layers, paths) {
      const base64 = layers.map((bytes) => Buffer.from(bytes).toString("base64"));
      child.stdin.write(`${JSON.stringify({ layers: base64, paths })}\n`);
      return next();
    },
    async close() {
      child.stdin.end();
      await ended(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function packageVersions(): Promise<string[]> {
  const format = `--showformat=\${Package} \${Version}\n`;
  const { stdout } = await promisify(execFile)("dpkg-query", ["--show", format, ...PACKAGES]);
  return stdout.trim().split("\n");
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null)
    await new Promise((resolve) => child.once("exit", resolve));
}
