/** `npm run gantry -- updates` against a real server, with a program of the test's own in Docker's place. */

import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { main } from "@/scripts/gantry/main";
import { styleOf } from "@/scripts/gantry/terminal";
import { extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions, writeReleases } from "@/tests/builders/catalog-rows";
import { temporaryFolder } from "@/tests/support/processes/left-behind";
import { type PublicApi, startPublicApi } from "@/tests/support/public-api";

let api: PublicApi;
const folder = temporaryFolder("gantry-updates");
const pathBefore = process.env.PATH;
const OLD = versionRecord("1.0.0");
const NEW = versionRecord("1.2.0");
const BLOCKED = versionRecord("1.0.0", {
  ...{ visibility: "blocked", reason: { code: "block_by_person", message: "It leaks." } },
  report: { repository: "docker.io/acme/bad" },
});

beforeAll(async () => {
  api = await startPublicApi();
  await writeReleases(api.db);
  await writeExtensions(
    api.db,
    extensionRecord("docker.io/acme/lens", { versions: [OLD, NEW] }),
    extensionRecord("docker.io/acme/bad", { versions: [BLOCKED] }),
    extensionRecord("docker.io/acme/moved", { versions: [OLD], movedTo: "docker.io/acme/lens" }),
  );
  await api.catalog.refresh();
  installDocker();
  process.env.PATH = `${folder.path}${path.delimiter}${pathBefore}`;
});

afterAll(async () => {
  process.env.PATH = pathBefore;
  folder.remove();
  await api.close();
});

/** It has one extension, and knows its digest. */
function installDocker(): void {
  const file = path.join(folder.path, "docker");
  writeFileSync(
    file,
    `#!/bin/sh
case "$1 $2" in
"extension ls") printf 'ID          PROVIDER   VERSION   UI\\nacme/lens   Acme       1.0.0     -\\n' ;;
"version --format") echo 'Docker Desktop 4.18.0 (104112)|arm64' ;;
"image inspect") echo 'acme/lens@${OLD.digest}' ;;
*) exit 1 ;;
esac
`,
  );
  chmodSync(file, 0o755);
}

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const printed = { out: "", err: "" };
  const code = await main(["updates", ...args], {
    folder: folder.path,
    out(text) {
      printed.out += `${text}\n`;
    },
    err(text) {
      printed.err += `${text}\n`;
    },
    interactive: false,
    style: styleOf(false),
  });
  return { code, ...printed };
}

function list(...installed: [repository: string, tag: string][]): string {
  const file = path.join(folder.path, "installed.json");
  writeFileSync(file, JSON.stringify(installed.map(([repository, tag]) => ({ repository, tag }))));
  return file;
}

const HOST = ["--desktop", "4.18", "--arch", "amd64"];
const UPDATE = `docker extension update acme/lens@${NEW.digest}`;

test("what Docker has installed is asked about, with the Desktop and the architecture that Docker names", async () => {
  expect(await run("--server", api.origin)).toEqual({
    code: 10,
    out: `acme/lens:1.0.0  update  →  1.2.0\n  Version 1.2.0 is available.\n\nTo do:\n  ${UPDATE}\n`,
    err: "",
  });
});

test("nothing to do is exit code 0, and an empty list needs no server", async () => {
  expect(await run("--server", api.origin, ...HOST, "--file", list(["acme/lens", "1.2.0"]))).toEqual({
    code: 0,
    out: "acme/lens:1.2.0  up to date\n",
    err: "",
  });
  expect(await run("--server", "http://127.0.0.1:9", ...HOST, "--file", list())).toMatchObject({ code: 0 });
});

test("something blocked is exit code 11, and the commands alone are for a shell", async () => {
  const file = list(
    ["acme/lens", "1.0.0"],
    ["acme/bad", "1.0.0"],
    ["acme/moved", "1.0.0"],
    ["acme/other", "1.0.0"],
  );
  const quiet = await run("--server", api.origin, ...HOST, "--file", file, "--quiet");
  const install = `docker extension install acme/lens@${NEW.digest}`;
  expect(quiet).toEqual({
    code: 11,
    out: `${UPDATE}\ndocker extension rm acme/bad\ndocker extension rm acme/moved\n${install}\n`,
    err: "",
  });
  const tags = await run("--server", api.origin, ...HOST, "--file", file, "--quiet", "--by-tag");
  expect(tags.out).toContain("docker extension update acme/lens:1.2.0\n");
  const { items } = JSON.parse((await run("--server", api.origin, ...HOST, "--file", file, "--json")).out);
  expect(items.map(({ action }: { action: string }) => action)).toEqual([
    ...["update", "blocked", "moved", "not_listed"],
  ]);
});

test("more than two hundred extensions are asked about in parts", async () => {
  const many = Array.from({ length: 250 }, (): [string, string] => ["acme/lens", "1.0.0"]);
  const { code, out } = await run("--server", api.origin, ...HOST, "--file", list(...many), "--quiet");
  expect([code, out.trim().split("\n").length]).toEqual([10, 250]);
});

test.each([
  ["a server that is not there", ["--server", "http://127.0.0.1:9"], 3],
  ["an address that is no Gantry's", ["--server", "{origin}/nothing"], 3],
  ["a list that is not there", ["--server", "{origin}", "--file", "/nowhere/list"], 2],
  ["a Desktop version that is none", ["--server", "{origin}", "--desktop", "new"], 3],
])("%s: exit code and a next step", async (_what, args, code) => {
  const outcome = await run(...HOST, ...args.map((one) => one.replace("{origin}", api.origin)));
  expect(outcome).toMatchObject({ code, out: "" });
  expect(outcome.err.trim().split("\n").length).toBeGreaterThanOrEqual(2);
});
