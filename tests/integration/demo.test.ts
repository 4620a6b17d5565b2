import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readEnv } from "@/lib/platform/env";
import { createLog } from "@/lib/platform/log";
import { type Gantry, startGantry } from "@/lib/process/start";
import { fillDemo } from "@/scripts/demo/fill";
import { type MediaServer, startMediaServer } from "@/scripts/demo/media/media-server";
import { siteOf } from "@/scripts/demo/media/site";
import type { People } from "@/scripts/demo/people";
import { type OwnRegistry, startRegistry } from "@/scripts/demo/registry/registry";
import { SCENARIO } from "@/scripts/demo/scenario/scenario";

let registry: OwnRegistry;
let media: MediaServer;
let gantry: Gantry;
let dataDir: string;
let people: People;

beforeAll(async () => {
  registry = await startRegistry();
  media = await startMediaServer({ port: 0, site: siteOf(SCENARIO) });
  dataDir = await mkdtemp(path.join(os.tmpdir(), "gantry-demo-"));
  const certificates = path.join(dataDir, "media-server.pem");
  await writeFile(certificates, media.certificate);
  const env = readEnv({
    PORT: "0",
    GANTRY_DATA_DIR: path.join(dataDir, "gantry"),
    GANTRY_MEDIA_HOSTS: media.host,
    NODE_EXTRA_CA_CERTS: certificates,
    GANTRY_REGISTRIES: `docker.io=${registry.url}`,
    GANTRY_LOG_LEVEL: "error",
  });
  gantry = await startGantry(env, createLog(env.logLevel));
  await gantry.ready;
  const setupToken = (await readFile(path.join(env.dataDir, "setup-token"), "utf8")).trim();
  const sources = { registryUrl: registry.url, mediaUrl: media.origin };
  people = await fillDemo({ gantryUrl: gantry.url, setupToken, ...sources });
});
afterAll(async () => {
  await gantry?.stop();
  await registry?.stop();
  await media?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

// biome-ignore lint/suspicious/noExplicitAny: tests assert the shape of what came back
async function get(target: string): Promise<any> {
  const response = await fetch(new URL(target, gantry.url));
  expect(response.status).toBe(200);
  return response.json();
}

const extension = (repository: string) => get(`/api/v1/extensions/${repository}`);
const version = (repository: string, tag: string) =>
  get(`/api/v1/extensions/${repository}/-/versions/${tag}`);
const offer = (repository: string, host: string) => get(`/api/v1/extensions/${repository}/-/offer?${host}`);

const NEW_HOST = "desktop=4.50.0&arch=arm64";
const OLD_HOST = "desktop=4.30.0&arch=arm64";

test("a dozen extensions of several vendors, with several versions each, are in the catalog", async () => {
  const { items } = await get("/api/v1/extensions?limit=100");
  expect(items.length).toBeGreaterThanOrEqual(10);
  expect(SCENARIO.length).toBeGreaterThanOrEqual(12);
  expect(new Set(items.map(({ vendor }: { vendor: string }) => vendor)).size).toBeGreaterThanOrEqual(4);
  for (const { repository, icon } of items) {
    const picture = await fetch(new URL(icon, gantry.url));
    expect([repository, picture.headers.get("content-type")]).toEqual([repository, "image/png"]);
    expect((await extension(repository)).versions.length).toBeGreaterThanOrEqual(1);
  }
});

describe("every promised state can be seen by the public API", () => {
  test("a newest version that needs a newer Docker Desktop", async () => {
    expect(await offer("acme/disk-lens", OLD_HOST)).toMatchObject({
      offer: { tag: "1.2.1" },
      newest: { tag: "2.0.0" },
      reason: { code: "needs_newer_desktop" },
    });
    expect(await offer("acme/disk-lens", NEW_HOST)).toMatchObject({ offer: { tag: "2.0.0" } });
  });

  test("one platform only", async () => {
    const { latest } = await extension("acme/port-map");
    expect(latest.platforms).toMatchObject([{ os: "linux", architecture: "amd64" }]);
    expect((await offer("acme/port-map", NEW_HOST)).offer).toBeNull();
  });

  test("a range that leaves the newest version out", async () => {
    expect(await extension("acme/volume-vault")).toMatchObject({
      latest: { tag: "v1.1.1" },
      entry: { track: "range" },
    });
  });

  test("an unknown category", async () => {
    expect((await extension("lumenforge/seed-box")).categories).toEqual(["database"]);
    const { findings } = await version("lumenforge/seed-box", "0.5.0");
    expect(findings).toContainEqual(expect.objectContaining({ code: "category_unknown" }));
  });

  test("a tag that moved", async () => {
    const moved = await version("lumenforge/query-bench", "1.3.0");
    expect(moved).toMatchObject({
      visibility: "listed",
      moved: { digest: expect.stringMatching(/^sha256:/) },
    });
    expect(moved.moved.digest).not.toBe(moved.digest);
  });

  test("a version that is held, of an extension that is offered", async () => {
    expect(await extension("tidewater/net-probe")).toMatchObject({ latest: { tag: "1.5.0" } });
    const held = await fetch(`${gantry.url}/api/v1/extensions/tidewater/net-probe/-/versions/2.0.0`);
    expect(held.status).toBe(404);
    const { items } = await people.clients.reviewer("GET", "/api/v1/audit?limit=100");
    expect(JSON.stringify(items)).toContain("manual_capability");
  });

  test("a prerelease", async () => {
    expect(await extension("tidewater/cluster-compass")).toMatchObject({
      latest: { tag: "2.3.0" },
      latestPrerelease: { tag: "3.0.0-rc.1" },
    });
  });

  test("a yanked version", async () => {
    expect(await extension("quietbyte/secret-sweep")).toMatchObject({ latest: { tag: "1.4.0" } });
    expect(await version("quietbyte/secret-sweep", "1.4.1")).toMatchObject({ visibility: "yanked" });
  });

  test("a deprecated extension with a replacement that is there", async () => {
    const { deprecated } = await extension("quietbyte/log-lantern");
    expect(deprecated).toMatchObject({ replacement: "quietbyte/trace-lantern" });
    expect(await extension(deprecated.replacement)).toMatchObject({ latest: { tag: "1.2.0" } });
  });

  test("one that no Docker Desktop can run", async () => {
    expect(await offer("papercrane/registry-shelf", NEW_HOST)).toMatchObject({
      offer: null,
      newest: { tag: "1.4.7" },
      reason: { code: "never_compatible" },
    });
  });

  test("a suspended one", async () => {
    expect(await extension("ostrava/cloud-ferry")).toMatchObject({
      entry: { state: "suspended" },
      latest: null,
    });
  });
});

describe("pictures, links and signatures come from the publishers' own site and registry", () => {
  test("screenshots are redrawn and served from here", async () => {
    const { screenshots } = await extension("acme/disk-lens");
    expect(screenshots).toHaveLength(3);
    for (const { url, width, height } of screenshots) {
      const picture = await fetch(new URL(url, gantry.url));
      expect([picture.status, picture.headers.get("content-type")]).toEqual([200, "image/webp"]);
      expect([new URL(url, gantry.url).origin, width / height]).toEqual([gantry.url, 1.6]);
    }
  });

  test("what is no longer there is a finding, and the icon inside the image is shown in place of a dead one", async () => {
    const codesOf = async (repository: string, tag: string) =>
      (await version(repository, tag)).findings.map(({ code }: { code: string }) => code);
    expect(await codesOf("acme/port-map", "0.9.1")).toContain("media_unreachable");
    expect(await codesOf("lumenforge/seed-box", "0.5.0")).toContain("link_dead");
    expect(await codesOf("acme/disk-lens", "2.0.0")).toEqual([]);
    const { icon } = await extension("acme/port-map");
    expect((await fetch(new URL(icon, gantry.url))).status).toBe(200);
  });

  test.each([
    ["acme/disk-lens", "2.0.0", "tag"],
    ["tidewater/cluster-compass", "2.3.0", "referrer"],
  ])("%s %s has provenance, a bill of materials and a signature (%s)", async (repository, tag, place) => {
    const { supplyChain } = await version(repository, tag);
    expect(supplyChain).toMatchObject({
      provenance: { builder: expect.stringContaining(repository), source: expect.any(String) },
      sbom: expect.any(String),
      signatures: [{ place, signer: { identity: expect.stringContaining(`${repository}/.github`) } }],
    });
  });
});

test("submissions wait for a decision and for their publisher", async () => {
  const { items } = await people.clients.reviewer("GET", "/api/v1/submissions?limit=100");
  // Newest first; one was submitted again after its entry was revoked.
  const states = Object.fromEntries(
    (Array.isArray(items) ? items : []).map(({ repository, state }) => [repository, state]).reverse(),
  );
  expect(states).toMatchObject({
    "ostrava/build-tally": "in_review",
    "lumenforge/schema-atlas": "in_review",
    "papercrane/mail-drop": "needs_changes",
    "papercrane/paper-trail": "needs_changes",
    "ostrava/pipe-organ": "needs_changes",
    "acme/disk-lens": "approved",
  });
});

test("there are accounts for the three roles, each with a password of its own", () => {
  expect(new Set(people.accounts.map(({ role }) => role))).toEqual(
    new Set(["admin", "reviewer", "publisher"]),
  );
  expect(new Set(people.accounts.map(({ password }) => password)).size).toBe(people.accounts.length);
  for (const { password } of people.accounts) expect(password.length).toBeGreaterThanOrEqual(20);
});
