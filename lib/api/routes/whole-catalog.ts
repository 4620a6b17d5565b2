/** The catalog in one document, for clients that keep a copy of it. */

import { z } from "zod";
import { defineRoute } from "@/lib/api/route";
import { wholeCatalogSchema } from "@/lib/api/schemas/catalog";
import { catalog } from "@/lib/catalog/catalog";
import { catalogSince, wholeCatalog } from "@/lib/catalog/whole-catalog";

export const wholeCatalogRoutes = [
  defineRoute({
    method: "GET",
    path: "/api/v1/catalog",
    operationId: "getCatalog",
    summary: "Every extension that is listed, in one document; with `since` only what changed. Never paged.",
    tag: "Catalog",
    access: "public",
    query: z.strictObject({
      since: z
        .string()
        .regex(/^\d{1,19}$/, "is not the `snapshot` of an earlier answer")
        .transform(BigInt)
        .optional()
        .describe("The `snapshot` of an earlier answer. One too old to be known gets everything."),
    }),
    answers: { 200: { description: "The catalog, or its changes", schema: wholeCatalogSchema } },
    async handle({ query: { since } }) {
      const snapshot = await catalog.get().prepared();
      const made = since === undefined ? wholeCatalog(snapshot) : catalogSince(snapshot, since);
      return { kind: "stored", document: await made };
    },
  }),
];
