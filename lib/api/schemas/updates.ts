/** Schemas of the update check. */

import { z } from "zod";
import { deprecationSchema, offeredSchema } from "@/lib/api/schemas/catalog";
import { hostQuery } from "@/lib/api/schemas/catalog-query";
import type { UpdateItem } from "@/lib/catalog/documents/update-documents";
import { UPDATE_ACTIONS } from "@/lib/extension/offer/update-check";

const INSTALLED_ITEMS_MAX = 200;

const { desktop, api, arch, os, channel } = hostQuery.shape;

const client = z
  .strictObject({
    desktop,
    api,
    arch: arch.unwrap(),
    os,
    channel: channel.describe("Absent: each version's own channel."),
  })
  .refine((given) => (given.desktop === undefined) !== (given.api === undefined), {
    message: "needs either desktop or api",
  });

/**
 * Items are validated one by one, so that a malformed one does not affect the others; this schema only describes them.
 */
const installedItem = z.unknown().meta({
  type: "object",
  required: ["repository", "tag"],
  properties: {
    repository: { type: "string", description: "In any spelling, for example acme/disk-lens." },
    tag: { type: "string" },
    digest: {
      type: ["string", "null"],
      description: "The digest of the index, the platform image or its config, if the client knows one.",
    },
  },
});

export const updatesInput = z.strictObject({
  client,
  installed: z.array(installedItem).max(INSTALLED_ITEMS_MAX),
});

export const updateItemSchema = z.object({
  repository: z.string().nullable().describe("As sent."),
  tag: z.string().nullable().describe("As sent."),
  action: z.enum(UPDATE_ACTIONS),
  target: offeredSchema.extend({ repository: z.string() }).nullable().describe("What to install instead."),
  reason: z.object({
    code: z.string(),
    message: z.string(),
    minimumDesktop: z
      .string()
      .nullable()
      .describe("The oldest Docker Desktop for the newest version, if this host's is too old."),
  }),
  deprecated: deprecationSchema.nullable(),
  movedTo: z.string().nullable().describe("The new repository, if the extension has moved."),
}) satisfies z.ZodType<UpdateItem>;
