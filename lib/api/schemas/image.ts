/** Schemas for the contents of an image. */

import { z } from "zod";
import type { Capabilities } from "@/lib/extension/capabilities/capabilities";

export const platformSchema = z.object({
  os: z.string(),
  architecture: z.string(),
  variant: z.string().nullable(),
  digest: z.string(),
  size: z.int().describe("Compressed, in bytes."),
});

const hostBinaries = z.object({
  darwin: z.array(z.string()),
  windows: z.array(z.string()),
  linux: z.array(z.string()),
});

export const capabilitiesSchema = z.object({
  ui: z.boolean(),
  compose: z.boolean(),
  backendImages: z
    .array(z.string())
    .describe("An approval covers their content only if they are referenced by digest."),
  dockerSocket: z.boolean(),
  hostPaths: z.array(z.string()),
  privileged: z.boolean(),
  addedCapabilities: z.array(z.string()),
  securityOptions: z
    .array(z.string())
    .describe("Options that loosen or change the isolation of the containers."),
  hostNamespaces: z.array(z.string()),
  devices: z.array(z.string()),
  publishedPorts: z.array(z.string()),
  sharedResources: z.array(z.string()).describe("Volumes, networks and containers of other projects."),
  hostCommands: z.array(z.string()).describe("Programs that Compose starts on the host."),
  hostEnvironment: z.array(z.string()).describe("Variables of the host that containers see."),
  models: z.array(z.string()),
  hostBinaries: hostBinaries.nullable(),
  accountRequired: z.boolean(),
  unknown: z
    .array(z.string())
    .describe("Settings that Gantry does not understand; never covered by an approval."),
}) satisfies z.ZodType<Capabilities>;

export const metadataSchema = z.object({
  icon: z.string().nullable(),
  ui: z
    .object({
      title: z.string(),
      root: z.string(),
      src: z.string(),
      backendSocket: z.string().nullable(),
    })
    .nullable(),
  vm: z
    .object({
      image: z.string().nullable(),
      composefile: z.string().nullable(),
      exposesSocket: z.string().nullable(),
    })
    .nullable(),
  hostBinaries: z.array(z.object({ os: z.enum(["darwin", "windows", "linux"]), path: z.string() })),
  proof: z.enum(["full", "partial"]),
  layer: z.string(),
});
