/** `npm run gantry`: what it prints, and the exit codes that builds act upon. */

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { preflightAnswerSchema } from "@/lib/api/schemas/inspection";
import { main } from "@/scripts/gantry/main";
import { styleOf } from "@/scripts/gantry/terminal";
import { extensionImage } from "@/tests/builders/extension-image";
import { archiveOf, layoutContent, writeLayout } from "@/tests/builders/oci-layout";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { pushExtension } from "@/tests/support/registries/push";

const run = promisify(execFile);
const PROGRAM = path.resolve("scripts/gantry.mjs");
const ESCAPE = "\u001b";

let registry: DistributionRegistry;
let folder: string;

beforeAll(async () => {
  registry = await startDistributionRegistry({});
  folder = mkdtempSync(path.join(tmpdir(), "gantry-command-"));
  const fine = layoutContent(extensionImage(), { "org.opencontainers.image.ref.name": "1.0.0" });
  writeLayout(path.join(folder, "fine"), fine);
  writeFileSync(path.join(folder, "fine.tar"), archiveOf(fine));
  const untitled = extensionImage({ labels: { "org.opencontainers.image.title": null } });
  writeLayout(path.join(folder, "untitled"), layoutContent(untitled));
  const rude = extensionImage({
    labels: { "org.opencontainers.image.title": `Disk${ESCAPE}]0;owned\u0007 Lens` },
  });
  writeLayout(path.join(folder, "rude"), layoutContent(rude));
  const { "index.json": index = "" } = fine;
  writeLayout(path.join(folder, "empty"), { "index.json": index });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await registry?.stop();
});

type Ended = { code: number | null; out: string; err: string };

/** The command, called in the test's folder. */
async function gantry(...args: string[]): Promise<Ended> {
  const texts = { out: "", err: "" };
  const code = await main(args, {
    folder,
    out: (text) => {
      texts.out += `${text}
`;
    },
    err: (text) => {
      texts.err += `${text}
`;
    },
    interactive: false,
    style: styleOf(false),
  });
  return { code, ...texts };
}

/** The same as a person or a build starts it: as a process of its own. */
async function started(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const texts = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    texts.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    texts.err += text;
  });
  const [code] = await once(child, "close");
  return { code, ...texts };
}

describe("inspect", () => {
  test("an image on a registry that passes: 0, and what it is", async () => {
    await pushExtension(registry, "acme/disk-lens", "1.0.0");
    const ended = await gantry(
      "inspect",
      `${registry.host}/acme/disk-lens`,
      "--registries",
      registry.registries,
    );
    expect(ended).toMatchObject({ code: 0, err: "" });
    expect(ended.out).toContain("Disk Lens · by Acme Inc. · 1.0.0");
    expect(ended.out).toContain("✓ Passed.");
    expect(ended.out).toMatch(/Images and links \(\d+\)\n.*Icon: not checked/);
    expect(ended.out).toMatch(/Supply chain\n.*Not verified by Gantry.*\n(?:.*\n)+? +Signatures +None/);
    expect(ended.out).not.toContain(ESCAPE);
  });

  test.each([
    ["a folder, from where it was called", ["oci:fine"]],
    ["one of its tags", ["oci:fine:1.0.0"]],
    ["an archive", ["oci-archive:fine.tar"]],
    ["an archive by its whole path", () => [`oci-archive:${path.join(folder, "fine.tar")}:1.0.0`]],
  ])("a layout before it is pushed, in %s: 0", async (_where, args) => {
    const ended = await gantry("inspect", ...(typeof args === "function" ? args() : args));
    expect(ended).toMatchObject({ code: 0, err: "" });
  });

  test("as JSON it is what the API answers, and nothing else is printed", async () => {
    const { code, out } = await gantry("inspect", "oci-archive:fine.tar", "--json");
    expect(code).toBe(0);
    const document = JSON.parse(out);
    const named = { ...document, repository: "layouts have none", shared: null };
    expect(preflightAnswerSchema.safeParse(named).error).toBeUndefined();
    expect(document).toMatchObject({ reference: "oci-archive:fine.tar", repository: null, tag: "1.0.0" });
  });

  test("something to fix: 1, with the line that fixes it", async () => {
    const { code, out } = await gantry("inspect", "oci:untitled");
    expect(code).toBe(1);
    expect(out).toContain("To fix (1)");
    expect(out).toContain('LABEL org.opencontainers.image.title="Disk Lens"');
    expect(out).toContain("✗ Needs changes");
  });

  test("the preset decides what an error is", async () => {
    const bare = extensionImage({ labels: { "com.docker.extension.changelog": null } });
    writeLayout(path.join(folder, "bare"), layoutContent(bare));
    expect((await gantry("inspect", "oci:bare")).code).toBe(0);
    expect((await gantry("inspect", "oci:bare", "--preset", "docker")).code).toBe(1);
  });

  test("labels cannot talk to the terminal", async () => {
    const { out } = await gantry("inspect", "oci:rude");
    expect(out).toContain("Lens");
    expect(out).not.toContain(ESCAPE);
    expect(out).not.toContain("\u0007");
  });

  test.each<[string, number, () => string[]]>([
    ["no image", 2, () => ["inspect"]],
    ["an unknown option", 2, () => ["inspect", "acme/x", "--color"]],
    ["an unknown preset", 2, () => ["inspect", "acme/x", "--preset", "strict"]],
    ["no image name", 2, () => ["inspect", "a b c"]],
    [
      "a registry that may not be asked",
      2,
      () => ["inspect", "ghcr.io/acme/x:1.0.0", "--registries", "docker.io"],
    ],
    ["a list of registries that makes no sense", 2, () => ["inspect", "acme/x", "--registries", "ftp://x"]],
    ["a folder that is not there", 2, () => ["inspect", "oci:nowhere"]],
    ["a layout without its blobs", 1, () => ["inspect", "oci:empty"]],
    [
      "a tag that is not there",
      1,
      () => ["inspect", `${registry.host}/acme/x:1.0.0`, "--registries", registry.registries],
    ],
    [
      "a registry that does not exist",
      3,
      () => ["inspect", "127.0.0.1:9/acme/x:1.0.0", "--registries", "http://127.0.0.1:9"],
    ],
  ])("%s: %i, in words with the next step", async (_what, code, args) => {
    const ended = await gantry(...args());
    expect(ended).toMatchObject({ code, out: "" });
    expect(ended.err.trim().split("\n").length).toBeGreaterThanOrEqual(2);
    expect(ended.err).not.toMatch(/^\s+at /m);
  });
});

describe("as a process of its own", () => {
  test("the result alone is on standard output, without colors, and the code is the process's", async () => {
    const { code, out, err } = await started("inspect", "oci-archive:fine.tar:1.0.0", "--json");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toMatchObject({ outcome: "pass", reference: "oci-archive:fine.tar:1.0.0" });
  });

  test.each([
    ["something to fix", 1, ["inspect", "oci:untitled"]],
    ["invalid usage", 2, ["inspect"]],
    ["no registry there", 3, ["inspect", "127.0.0.1:9/acme/x:1.0.0", "--registries", "http://127.0.0.1:9"]],
  ])("%s: %i", async (_what, code, args) => {
    const ended = await started(...args);
    expect(ended.code).toBe(code);
    expect(ended.out + ended.err).not.toContain(ESCAPE);
  });
});

describe("the program", () => {
  test.each([
    ["help", 0, /inspect {2,}Checks/],
    ["--help", 0, /Exit codes: 0/],
    ["inspect --help", 0, /oci-archive:FILE\.tar/],
  ])("%s", async (line, code, said) => {
    expect(await gantry(...line.split(" "))).toMatchObject({
      code,
      err: "",
      out: expect.stringMatching(said),
    });
  });

  test("an unknown command gets the nearest one suggested", async () => {
    expect(await gantry("inspekt")).toMatchObject({
      code: 2,
      err: expect.stringContaining("Did you mean inspect?"),
    });
    expect(await gantry()).toMatchObject({ code: 2 });
  });

  test("without its dependencies it says what to do, on plain Node", async () => {
    const bare = path.join(folder, "checkout");
    mkdirSync(path.join(bare, "scripts"), { recursive: true });
    cpSync("scripts/gantry.mjs", path.join(bare, "scripts/gantry.mjs"));
    cpSync("scripts/setup", path.join(bare, "scripts/setup"), { recursive: true });
    const failed = await run(process.execPath, [
      path.join(bare, "scripts/gantry.mjs"),
      "inspect",
      "acme/x",
    ]).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 2, stderr: expect.stringContaining("Run npm ci in") });
  });

  test("images as real tools write them, in both forms", async () => {
    const from = `docker://${registry.host}/acme/disk-lens:1.0.0`;
    const copy = (to: string) =>
      run("skopeo", [
        "--insecure-policy",
        "--tmpdir",
        folder,
        "copy",
        "-q",
        "--all",
        "--src-tls-verify=false",
        from,
        to,
      ]);
    await pushExtension(registry, "acme/disk-lens", "1.0.0");
    await copy(`oci:${folder}/skopeo:1.0.0`);
    await copy(`oci-archive:${folder}/skopeo.tar:1.0.0`);
    const both = [
      await gantry("inspect", "oci:skopeo:1.0.0", "--json"),
      await gantry("inspect", "oci-archive:skopeo.tar", "--json"),
    ];
    for (const { code, out } of both) {
      expect(code).toBe(0);
      expect(JSON.parse(out).platforms).toHaveLength(2);
    }
  });
});
