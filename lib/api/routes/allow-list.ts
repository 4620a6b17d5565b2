/** Reading the allow-list, now and at any past instant. */

import { z } from "zod";
import { defineRoute } from "@/lib/api/route";
import { collectionOf } from "@/lib/api/schemas/common";
import { catalog } from "@/lib/catalog/catalog";
import { whole } from "@/lib/catalog/collections";
import { storedJson } from "@/lib/catalog/stored-document";
import { services } from "@/lib/journal/context";
import { allowListAt } from "@/lib/marketplace/allow-list-at";
import { allowListItemSchema } from "@/lib/marketplace/allow-list-item";

const instant = z.iso.datetime({
  offset: true,
  message: "is not an RFC 3339 instant such as 2026-11-20T10:00:00Z (write the plus of an offset as %2B)",
});

export const allowListRoutes = [
  defineRoute({
    method: "GET",
    path: "/api/v1/allow-list",
    operationId: "getAllowList",
    summary: "What may be installed, each with the exact version and digest; never paged.",
    tag: "Catalog",
    access: "public",
    query: z.strictObject({
      at: instant.optional().describe("An instant in the past. Only this reads the database."),
    }),
    answers: { 200: { description: "The allow-list", schema: collectionOf(allowListItemSchema) } },
    async handle({ query }) {
      if (query.at === undefined)
        return { kind: "stored", document: (await catalog.get().prepared()).allowList() };
      const items = await allowListAt(services.get().db, query.at);
      return { kind: "stored", document: storedJson(whole(items)) };
    },
  }),
];
