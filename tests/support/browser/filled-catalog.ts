/** A running server with a small catalog in it, filled as people fill it: images in a registry, and the public API. */

import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { DISK_LENS, labels, SAMPLES, type Sample } from "@/tests/builders/sample-extensions";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { pushExtension } from "@/tests/support/registries/push";
import { type RunningServer, startServer } from "@/tests/support/servers/running-server";

export type FilledCatalog = {
  url: string;
  /** A repository on a registry other than Docker Hub. */
  elsewhere: string;
  admin: { email: string; password: string };
  call(method: string, path: string, body?: unknown): Promise<unknown>;
  stop(): Promise<void>;
};

const ADMIN = { email: "ada@acme.example", name: "Ada Lovelace", password: "correct horse battery" };

export async function startFilledCatalog(): Promise<FilledCatalog> {
  const registry = await startDistributionRegistry();
  const server = await startServer({
    GANTRY_REGISTRIES: `docker.io=${registry.url},${registry.url}`,
    GANTRY_SCAN_INTERVAL_SECONDS: "604800",
  });
  const call = await caller(server);
  const elsewhere = `${registry.host}/tools/mirror-check`;
  for (const { path, versions } of SAMPLES) await list(registry, call, path, path, versions);
  await list(registry, call, elsewhere, "tools/mirror-check", {
    "v0.1.0": {
      labels: labels(
        "Mirror Check",
        "Compares a mirror with what it mirrors.",
        "Tools Team",
        "image-registry",
        "0.3.4",
      ),
    },
  });
  await disturb(registry, call);
  return {
    url: server.url,
    elsewhere,
    admin: ADMIN,
    call,
    async stop() {
      await server.stop();
      await registry.stop();
    },
  };
}

type Call = FilledCatalog["call"];

const listSchema = z.object({
  items: z.array(z.object({ repository: z.string(), tag: z.string().nullable() })),
});

const inspectionSchema = z.object({ digest: z.string() });

async function caller(server: RunningServer): Promise<Call> {
  const token = new URL(server.setupLink).searchParams.get("token");
  const made = await send(server.url, undefined, "POST", "/api/v1/setup", { token, ...ADMIN });
  const { token: apiToken } = z.object({ token: z.string() }).parse(made);
  return (method, path, body) => send(server.url, apiToken, method, path, body);
}

async function send(
  url: string,
  token: string | undefined,
  method: string,
  path: string,
  body: unknown,
): Promise<unknown> {
  const response = await fetch(new URL(path, url), {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok)
    throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

async function list(
  registry: DistributionRegistry,
  call: Call,
  repository: string,
  path: string,
  versions: Sample["versions"],
): Promise<void> {
  for (const [tag, options] of Object.entries(versions)) await pushExtension(registry, path, tag, options);
  // Without the reviewed digest, what requires a review would wait for one.
  const { digest } = inspectionSchema.parse(
    await call("POST", "/api/v1/inspections", { reference: repository }),
  );
  await call("POST", "/api/v1/allow-list", {
    ...{ repository, track: "follow", reason: "Needed by the tests.", expectedDigest: digest },
  });
  await untilListed(call, repository);
  await call("POST", `/api/v1/extensions/${repository}/-/scan?wait=30`);
}

/** Ends with the timeout of its caller. */
async function untilListed(call: Call, repository: string): Promise<void> {
  for (;;) {
    const { items } = listSchema.parse(await call("GET", "/api/v1/allow-list"));
    if (items.some((item) => item.repository === repository && item.tag !== null)) return;
    await sleep(50);
  }
}

/** A moved tag, a withdrawn version, a deprecated extension and a suspended one. */
async function disturb(registry: DistributionRegistry, call: Call): Promise<void> {
  await pushExtension(registry, "acme/disk-lens", "1.0.0", {
    labels: { ...DISK_LENS(">= 0.3.4"), "org.opencontainers.image.title": "Not Disk Lens" },
  });
  await call("POST", "/api/v1/extensions/acme/disk-lens/-/scan?wait=30");
  await call("POST", "/api/v1/extensions/hooli/nebula/-/versions/1.1.0/yank", {
    reason: "Loses the cluster's state.",
  });
  await call("PATCH", "/api/v1/extensions/hooli/nebula-classic", {
    deprecated: { message: "Nebula does all of it and more.", replacement: "hooli/nebula" },
  });
  await call("PATCH", "/api/v1/allow-list/umbrella/sample-box", {
    state: "suspended",
    reason: "Under investigation.",
  });
}
