/**
 * The built server on Node 24, which the container image runs: from an empty data folder to a full catalog. The demo's
 * content takes it through what depends on the Node.js release: PGlite, threads, image decoding, and connections with TLS.
 */

import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fillDemo } from "@/scripts/demo/fill";
import { type MediaServer, startMediaServer } from "@/scripts/demo/media/media-server";
import { siteOf } from "@/scripts/demo/media/site";
import type { People } from "@/scripts/demo/people";
import { type OwnRegistry, startRegistry } from "@/scripts/demo/registry/registry";
import { SCENARIO } from "@/scripts/demo/scenario/scenario";
import { findNode24 } from "@/scripts/testing/node24/node24.mjs";
import { type Child, startChild } from "@/tests/support/processes/child";
import { temporaryFolder } from "@/tests/support/processes/left-behind";

const START_TIMEOUT_MS = 120_000;

let registry: OwnRegistry;
let media: MediaServer;
let server: Child;
let url: string;
let admin: People["clients"]["admin"];

beforeAll(async () => {
  const node = findNode24();
  if (node === undefined)
    throw new Error("Node.js 24 is missing: run npm test -- node24, which installs it.");
  expect(execFileSync(node, ["--version"], { encoding: "utf8" })).toMatch(/^v24\./);
  registry = await startRegistry();
  media = await startMediaServer({ port: 0, site: siteOf(SCENARIO) });
  const { path: dataDir } = temporaryFolder("node24");
  const certificates = path.join(dataDir, "media-server.pem");
  await writeFile(certificates, media.certificate);
  server = await startChild(node, ["--import", "tsx", "server.ts"], {
    env: {
      NODE_ENV: "production",
      PORT: "0",
      GANTRY_DATA_DIR: dataDir,
      GANTRY_MEDIA_HOSTS: media.host,
      NODE_EXTRA_CA_CERTS: certificates,
      GANTRY_REGISTRIES: `docker.io=${registry.url}`,
      GANTRY_LOG_LEVEL: "warn",
    },
  });
  const [, setupLink = ""] = await server.line(/^\s*(http\S+\/setup\?token=\S+)$/m, START_TIMEOUT_MS);
  url = new URL(setupLink).origin;
  const setupToken = new URL(setupLink).searchParams.get("token") ?? "";
  const sources = { registryUrl: registry.url, mediaUrl: media.origin };
  const people = await fillDemo({ gantryUrl: url, setupToken, ...sources });
  admin = people.clients.admin;
});

afterAll(async () => {
  await server?.kill();
  await registry?.stop();
  await media?.stop();
});

async function get(target: string) {
  const response = await fetch(new URL(target, url));
  expect([target, response.status]).toEqual([target, 200]);
  return response;
}

test("it is alive, ready to serve the catalog and ready to write", async () => {
  expect(await (await get("/livez")).json()).toEqual({ live: true });
  expect(await (await get("/readyz")).json()).toMatchObject({ ready: true, writable: true });
});

test("it renders pages", async () => {
  expect(await (await get("/sign-in")).text()).toContain("<form");
  expect(await (await get("/extensions/acme/disk-lens")).text()).toContain("Disk Lens");
});

test("its worker inspected what was submitted, and the API serves what was approved", async () => {
  const { items } = await admin("GET", "/api/v1/submissions?limit=100");
  expect(JSON.stringify(items)).not.toContain('"checking"');
  const listed: unknown = await (await get("/api/v1/extensions/acme/disk-lens")).json();
  expect(listed).toMatchObject({ latest: { tag: "2.0.0" }, entry: { state: "active" } });
});

test("it decoded the publishers' icons and screenshots and encoded its own", async () => {
  const listed = await (await get("/api/v1/extensions/acme/disk-lens")).json();
  const pictures: string[] = [listed.icon, ...listed.screenshots.map((shot: { url: string }) => shot.url)];
  expect(pictures).toHaveLength(4);
  const types = await Promise.all(
    pictures.map(async (address) => (await get(address)).headers.get("content-type")),
  );
  expect(types).toEqual(["image/png", "image/webp", "image/webp", "image/webp"]);
});

test("it logs no error, and stops when asked", async () => {
  const { code } = await server.stop("SIGTERM");
  expect(server.output()).not.toMatch(/"level":"?(50|60|error|fatal)/);
  expect(code).toBe(0);
});
