/** The registry of the demo against a client that we didn't write. */

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OwnRegistry, startRegistry } from "@/scripts/demo/registry/registry";
import { pushExtension } from "@/tests/support/registries/push";

const run = promisify(execFile);

let registry: OwnRegistry;
let folder: string;

beforeAll(async () => {
  registry = await startRegistry();
  folder = mkdtempSync(path.join(tmpdir(), "gantry-skopeo-"));
});
afterAll(async () => {
  await registry?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function skopeo(...args: string[]): Promise<string> {
  const { stdout } = await run("skopeo", ["--insecure-policy", "--tmpdir", folder, ...args]);
  return stdout;
}

const copy = (from: string, to: string, ...args: string[]) =>
  skopeo("copy", "-q", "--src-tls-verify=false", "--dest-tls-verify=false", ...args, from, to);

test("skopeo pulls an index, pushes it into another repository by mounting, and lists the tags", async () => {
  const { digest } = await pushExtension(registry, "acme/a", "1.0.0");
  await copy(`docker://${registry.host}/acme/a:1.0.0`, `docker://${registry.host}/acme/b:2.0.0`, "--all");
  const copied = await fetch(`${registry.url}/v2/acme/b/manifests/2.0.0`);
  expect(copied.headers.get("docker-content-digest")).toBe(digest);
  const listed = JSON.parse(
    await skopeo("list-tags", "--tls-verify=false", `docker://${registry.host}/acme/b`),
  );
  expect(listed.Tags).toEqual(["2.0.0"]);
});

test("skopeo pushes from a folder, in both formats, and inspects what it pushed", async () => {
  await pushExtension(registry, "acme/c", "1.0.0");
  const layout = `dir:${path.join(folder, "layout")}`;
  await copy(`docker://${registry.host}/acme/c:1.0.0`, layout);
  for (const format of ["oci", "v2s2"]) {
    const target = `docker://${registry.host}/acme/pushed:${format}`;
    await copy(layout, target, "--format", format);
    const inspected = JSON.parse(await skopeo("inspect", "--tls-verify=false", target));
    expect(inspected.Labels).toMatchObject({ "org.opencontainers.image.title": "Disk Lens" });
  }
});

test("skopeo deletes", async () => {
  await pushExtension(registry, "acme/d", "1.0.0");
  await skopeo("delete", "--tls-verify=false", `docker://${registry.host}/acme/d:1.0.0`);
  expect((await fetch(`${registry.url}/v2/acme/d/manifests/1.0.0`)).status).toBe(404);
});
