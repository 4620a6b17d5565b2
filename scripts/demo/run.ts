/**
 * Runs the demo: starts the registry and the publishers' site, then the server as `npm start` does, and fills it on
 * the first start.
 */

import { writeFileSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { lockDataFolder } from "@/lib/platform/data-lock";
import { readEnv } from "@/lib/platform/env";
import { AppError, isAppError } from "@/lib/platform/errors";
import { fillDemo } from "@/scripts/demo/fill";
import { type MediaServer, startMediaServer } from "@/scripts/demo/media/media-server";
import { siteOf } from "@/scripts/demo/media/site";
import { printAccounts } from "@/scripts/demo/print-accounts";
import { startRegistry } from "@/scripts/demo/registry/registry";
import { SCENARIO } from "@/scripts/demo/scenario/scenario";
import { DEMO_FOLDER, readDemoState, writeDemoState } from "@/scripts/demo/state";

export type DemoOptions = {
  /** Deletes existing demo data. */
  reset: boolean;
  /** Resolves when the server accepts writes. */
  startServer(): Promise<unknown>;
};

const REGISTRY_PORT = 5005;
const MEDIA_PORT = 5006;
const CERTIFICATE_FILE = path.join(DEMO_FOLDER, "media-server.pem");
const WRITABLE_WITHIN_MS = 60_000;
const POLL_MS = 100;

export async function runDemo({ reset, startServer }: DemoOptions): Promise<void> {
  const begun = Date.now();
  const dataDir = path.join(DEMO_FOLDER, "gantry");
  const known = reset ? undefined : readDemoState();
  try {
    if (known === undefined) await clear(dataDir);
    const registryUrl = await openRegistry();
    const media = await openMediaServer();
    const address = settle(dataDir, registryUrl, media);
    await startServer();
    await untilWritable(address.local);
    const accounts =
      known?.accounts ?? (await fill(address.local, dataDir, { registryUrl, mediaUrl: media.origin }));
    writeDemoState({ accounts, url: address.local });
    printAccounts({ url: address.shown, registryUrl, accounts, seconds: (Date.now() - begun) / 1000 });
  } catch (error) {
    if (!isAppError(error)) throw error;
    console.error(`\n${error.message}\n${error.suggestion}`);
    process.exit(1);
  }
}

/** Fails while another process uses the data. */
async function clear(dataDir: string): Promise<void> {
  const lock = await lockDataFolder(dataDir);
  await lock.release();
  await rm(DEMO_FOLDER, { recursive: true, force: true });
}

async function openRegistry(): Promise<string> {
  try {
    const { url } = await startRegistry({ port: REGISTRY_PORT, folder: path.join(DEMO_FOLDER, "registry") });
    return url;
  } catch (cause) {
    throw portTaken("registry", REGISTRY_PORT, cause);
  }
}

async function openMediaServer(): Promise<MediaServer> {
  try {
    return await startMediaServer({ port: MEDIA_PORT, site: siteOf(SCENARIO) });
  } catch (cause) {
    throw portTaken("server of icons and screenshots", MEDIA_PORT, cause);
  }
}

function portTaken(what: string, port: number, cause: unknown): AppError {
  return new AppError("configuration", `The demo's ${what} cannot listen on port ${port}.`, {
    suggestion: "Stop the program that uses this port. It may be another demo.",
    cause,
  });
}

/** Environment and URL of the server. */
function settle(dataDir: string, registryUrl: string, media: MediaServer): { local: string; shown: string } {
  process.env.GANTRY_DATA_DIR = dataDir;
  process.env.GANTRY_REGISTRIES = `docker.io=${registryUrl}`;
  process.env.GANTRY_MEDIA_HOSTS = media.host;
  process.env.NODE_EXTRA_CA_CERTS = CERTIFICATE_FILE;
  writeFileSync(CERTIFICATE_FILE, media.certificate);
  const { host, port, url } = readEnv();
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const local = `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
  return { local, shown: url ?? local };
}

async function untilWritable(url: string): Promise<void> {
  const deadline = Date.now() + WRITABLE_WITHIN_MS;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/readyz`).then(
      (response) => response.text(),
      () => "",
    );
    if (answer.includes('"writable":true')) return;
    await sleep(POLL_MS);
  }
  throw new AppError("configuration", `The server at ${url} did not become ready.`, {
    suggestion: "See its output above.",
  });
}

async function fill(gantryUrl: string, dataDir: string, sources: { registryUrl: string; mediaUrl: string }) {
  console.log("This is the demo, so you do not need that link. Filling it with data:");
  const setupToken = (await readFile(path.join(dataDir, "setup-token"), "utf8")).trim();
  const { accounts } = await fillDemo({
    gantryUrl,
    setupToken,
    ...sources,
    onProgress: (title, done, of) => console.log(`  ${String(done).padStart(2)} of ${of}  ${title}`),
  });
  return accounts;
}
