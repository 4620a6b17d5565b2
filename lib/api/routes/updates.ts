/** What clients ask about what they have installed: updates, and what is blocked. */

import { jsonText } from "@/lib/api/answers/answer";
import { UPDATE_CHECKS } from "@/lib/api/rate-limits";
import { defineRoute } from "@/lib/api/route";
import { blockedImageSchema } from "@/lib/api/schemas/catalog";
import { collectionOf } from "@/lib/api/schemas/common";
import { updateItemSchema, updatesInput } from "@/lib/api/schemas/updates";
import { catalog } from "@/lib/catalog/catalog";
import { storedJson } from "@/lib/catalog/encoding/stored-document";
import { updatesJson } from "@/lib/catalog/queries/updates";
import { knownText } from "@/lib/catalog/snapshot/update-bodies";
import { blocklistOf } from "@/lib/catalog/views/blocklist";
import { whole } from "@/lib/catalog/views/collections";

export const updateRoutes = [
  defineRoute({
    method: "POST",
    path: "/api/v1/updates",
    operationId: "checkUpdates",
    summary:
      "What to do for each installed extension: nothing, update or remove, with the version and the reason.",
    tag: "Catalog",
    access: "public",
    limit: UPDATE_CHECKS,
    body: updatesInput,
    answers: {
      200: { description: "One result per item, in order", schema: collectionOf(updateItemSchema) },
    },
    remembered: () => catalog.get().current().updateBodies,
    handle: ({ body }) =>
      jsonText(knownText(updatesJson(catalog.get().current(), body.client, body.installed))),
  }),
  defineRoute({
    method: "GET",
    path: "/api/v1/blocklist",
    operationId: "getBlocklist",
    summary: "Every blocked image, with the digests that are blocked in every repository; never paged.",
    tag: "Catalog",
    access: "public",
    limit: "stored",
    answers: { 200: { description: "By repository", schema: collectionOf(blockedImageSchema) } },
    async handle() {
      const snapshot = await catalog.get().prepared();
      return { kind: "stored", document: storedJson(whole(blocklistOf(snapshot))) };
    },
  }),
];
