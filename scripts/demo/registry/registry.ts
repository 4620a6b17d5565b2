import type { RegistryLimits } from "@/scripts/demo/registry/limits";
/**
 * A small OCI registry for demos and tests: push, pull, tags, referrers, deletes (distribution-spec 1.1). Listens on
 * loopback only, without authentication.
 */

import { createServer } from "node:http";
import { listenOnLoopback } from "@/scripts/demo/listen-on-loopback";
import { answerRequest } from "@/scripts/demo/registry/router";
import { openStore } from "@/scripts/demo/registry/store";
import { createUploads } from "@/scripts/demo/registry/uploads";

export type OwnRegistry = {
  /** `127.0.0.1:PORT`, the host part of its repositories. */
  host: string;
  url: string;
  /** The value of GANTRY_REGISTRIES that allows this registry under its own name. */
  registries: string;
  stop(): Promise<void>;
};

export type RegistryOptions = {
  /** 0, the default: the operating system chooses. */
  port?: number;
  /** Folder for the content, so that it survives a restart. Default: in memory only. */
  folder?: string;
  limits?: Partial<RegistryLimits>;
};

const LIMITS: RegistryLimits = {
  totalBytes: 1024 * 1024 * 1024,
  blobBytes: 256 * 1024 * 1024,
  manifestBytes: 4 * 1024 * 1024,
  uploads: 64,
  tagsPerPage: 1000,
};

/** Throws the system's own error when the port is taken. */
export async function startRegistry(options: RegistryOptions = {}): Promise<OwnRegistry> {
  const limits = { ...LIMITS, ...options.limits };
  const store = openStore(options.folder, limits);
  const uploads = createUploads(limits);
  const server = createServer((request, response) => {
    void answerRequest({ store, uploads, limits }, request, response);
  });
  const { host, stop } = await listenOnLoopback(server, options.port ?? 0);
  const url = `http://${host}`;
  return { host, url, registries: url, stop };
}
