/** Nothing that an ordinary tool writes is called ambiguous, however long, old or foreign its names. */

import { type ExecFileOptions, execFile } from "node:child_process";
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { packTar, type TarEntry } from "modern-tar";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GO_ENVIRONMENT } from "@/tests/differential/archives/unpackers";
import { stackOf } from "@/tests/unit/inspection/files/stack";

const METADATA = '{"icon":"icon.svg"}';
const LONG = path.join("deep".repeat(20), "folder-".repeat(15), `${"name".repeat(40)}.json`);
const UNICODE = "ünïcode/日本語 \u{1f433}.txt";
/** Later than eleven octal digits of seconds reach: July 2255. */
const LATE = 9_010_000_000;
const WRITER = fileURLToPath(new URL("./writer.go", import.meta.url));

let folder: string;
const inFolder = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "gantry-writers-"));
  await run("go", ["build", "-o", inFolder("writer"), WRITER], { env: GO_ENVIRONMENT });
  for (const name of ["short", "rich", "sparse", "plain"]) writeShort(inFolder(name));
  for (const name of ["rich", "plain"]) writeRich(inFolder(name));
  for (const name of ["short", "rich", "sparse"]) writeWhiteouts(inFolder(name));
  writeFileSync(inFolder("sparse/disk.img"), "start");
  truncateSync(inFolder("sparse/disk.img"), 4 * 2 ** 20);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(program: string, args: string[], options: ExecFileOptions = {}): Promise<Buffer> {
  const { stdout } = await promisify(execFile)(program, args, {
    ...options,
    encoding: "buffer",
    maxBuffer: 2 ** 28,
  });
  return Buffer.from(stdout);
}

/** What fits into every format. */
function writeShort(into: string): void {
  mkdirSync(path.join(into, "ui"), { recursive: true });
  mkdirSync(path.join(into, "empty"));
  writeFileSync(path.join(into, "metadata.json"), METADATA);
  writeFileSync(path.join(into, "ui/icon.svg"), "<svg/>");
  symlinkSync("ui/icon.svg", path.join(into, "icon.svg"));
  linkSync(path.join(into, "metadata.json"), path.join(into, "same.json"));
  linkSync(path.join(into, "icon.svg"), path.join(into, "same.svg"));
}

function writeWhiteouts(into: string): void {
  mkdirSync(path.join(into, "emptied"));
  writeFileSync(path.join(into, ".wh.gone"), "");
  writeFileSync(path.join(into, "emptied/.wh..wh..opq"), "");
}

function writeRich(into: string): void {
  for (const name of [LONG, UNICODE]) {
    mkdirSync(path.join(into, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(into, name), name);
  }
  symlinkSync(LONG, path.join(into, "long-link"));
  linkSync(path.join(into, LONG), path.join(into, `${LONG}.hard`));
  utimesSync(path.join(into, "ui/icon.svg"), 1.5, LATE);
  utimesSync(path.join(into, UNICODE), 1_700_000_000.123, 1_700_000_000.456);
}

/** Every file below a folder, with the content behind links. */
function filesOf(from: string): string[] {
  return readdirSync(from, { recursive: true, encoding: "utf8" }).filter(
    (name) => statSync(path.join(from, name)).isFile() && !path.basename(name).startsWith(".wh."),
  );
}

async function expectPlain(layers: readonly Uint8Array[], from: string, except: readonly string[] = []) {
  const stack = stackOf([...layers]);
  const files = filesOf(from).filter((name) => !except.includes(name));
  expect(files.length).toBeGreaterThanOrEqual(4);
  for (const name of files) {
    const { trace } = await stack.find(name);
    expect(trace, name).toEqual({ oddities: [], skipped: [] });
    expect(await stack.text(name), name).toBe(readFileSync(path.join(from, name), "utf8"));
  }
  for (const name of ["gone", "emptied/x"]) expect((await stack.find(name)).trace.oddities).toEqual([]);
}

describe("GNU tar", () => {
  const write = (name: string, ...args: string[]) => run("tar", ["-c", ...args, "-C", inFolder(name), "."]);

  test.each(["gnu", "oldgnu", "pax"])("--format=%s", async (format) => {
    await expectPlain([await write("rich", `--format=${format}`)], inFolder("rich"));
  });

  test.each(["ustar", "v7"])("--format=%s", async (format) => {
    await expectPlain([await write("short", `--format=${format}`)], inFolder("short"));
  });

  test.each(["0.0", "0.1", "1.0"])("a sparse file of version %s concerns itself alone", async (version) => {
    const archive = await write("sparse", "--format=pax", "-S", `--sparse-version=${version}`);
    await expectPlain([archive], inFolder("sparse"), ["disk.img"]);
    const found = await stackOf([archive]).find("disk.img");
    expect(found).toMatchObject({ kind: "file", sizeBytes: 4 * 2 ** 20 });
    expect(found.trace.oddities).toMatchObject([{ path: "disk.img", oddity: "sparse_file" }]);
  });

  test("a sparse file of the old format is refused, as by Docker", async () => {
    const found = await stackOf([await write("sparse", "--format=gnu", "-S")]).find("metadata.json");
    expect(found).toMatchObject({ kind: "malformed", reason: expect.stringContaining("sparse") });
  });
});

test.each(["pax", "gnutar"])("bsdtar --format %s", async (format) => {
  const archive = await run("bsdtar", ["-cf", "-", "--format", format, "-C", inFolder("rich"), "."]);
  await expectPlain([archive], inFolder("rich"));
});

test("bsdtar --format ustar", async () => {
  const archive = await run("bsdtar", ["-cf", "-", "--format", "ustar", "-C", inFolder("short"), "."]);
  await expectPlain([archive], inFolder("short"));
});

test.each([
  ["PAX", "rich"],
  ["GNU", "rich"],
  ["USTAR", "short"],
])("Go's archive/tar in %s", async (format, name) => {
  await expectPlain([await run(inFolder("writer"), [inFolder(name), format])], inFolder(name));
});

test("modern-tar", async () => {
  const entries: TarEntry[] = filesOf(inFolder("rich")).map((name) => {
    const body = readFileSync(path.join(inFolder("rich"), name));
    return { header: { name, size: body.length, mtime: new Date(LATE * 1000) }, body };
  });
  await expectPlain([await packTar(entries)], inFolder("rich"));
});

describe("image builders", () => {
  test("umoci", async () => {
    const image = `${inFolder("umoci")}:made`;
    await run("umoci", ["init", "--layout", inFolder("umoci")]);
    await run("umoci", ["new", "--image", image]);
    await run("umoci", ["insert", "--image", image, inFolder("plain"), "/"]);
    await run("umoci", ["insert", "--image", image, "--opaque", inFolder("short/ui"), "/ui"]);
    await run("umoci", ["insert", "--image", image, "--whiteout", "/gone"]);
    await expectPlain(layersOf(inFolder("umoci")), inFolder("plain"));
  });

  test("buildah", async () => {
    writeFileSync(inFolder("Containerfile"), "FROM scratch\nCOPY short /\nCOPY rich /\nCOPY short/ui /ui\n");
    const storage = ["--root", inFolder("storage"), "--runroot", inFolder("run")];
    const env = { ...process.env, STORAGE_DRIVER: "vfs", BUILDAH_ISOLATION: "chroot", TMPDIR: folder };
    const build = ["build", "--layers", "-f", inFolder("Containerfile"), "-t", "made", folder];
    await run("buildah", [...storage, ...build], { env });
    await run("buildah", [...storage, "push", "made", `oci:${inFolder("buildah")}`], { env });
    const layers = layersOf(inFolder("buildah"));
    expect(layers.length).toBeGreaterThan(2);
    await expectPlain(layers, inFolder("rich"));
  });
});

/** The layers of the one image in an OCI layout, the lowest first. */
function layersOf(layout: string): Uint8Array[] {
  const json = (name: string) => JSON.parse(readFileSync(path.join(layout, name), "utf8"));
  const blob = (digest: string) => path.join("blobs", digest.replace(":", "/"));
  const manifest = json(blob(json("index.json").manifests[0].digest));
  return manifest.layers.map(({ digest }: { digest: string }) =>
    readFileSync(path.join(layout, blob(digest))),
  );
}
