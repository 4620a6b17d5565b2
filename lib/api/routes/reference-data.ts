/** Small public collections that are always served whole. */

import { defineRoute } from "@/lib/api/route";
import { categorySchema, desktopReleaseSchema } from "@/lib/api/schemas/catalog";
import { collectionOf } from "@/lib/api/schemas/common";
import { catalog } from "@/lib/catalog/catalog";

export const referenceDataRoutes = [
  defineRoute({
    method: "GET",
    path: "/api/v1/categories",
    operationId: "listCategories",
    summary: "The categories, and how many extensions are in each.",
    tag: "Catalog",
    access: "public",
    limit: "stored",
    answers: { 200: { description: "All categories", schema: collectionOf(categorySchema) } },
    handle: async () => ({ kind: "stored", document: (await catalog.get().prepared()).categories() }),
  }),
  defineRoute({
    method: "GET",
    path: "/api/v1/desktop-releases",
    operationId: "listDesktopReleases",
    summary: "Docker Desktop releases and the Extension API version of each, with source and confidence.",
    tag: "Catalog",
    access: "public",
    limit: "stored",
    answers: {
      200: { description: "All releases, newest first", schema: collectionOf(desktopReleaseSchema) },
    },
    handle: () => ({ kind: "stored", document: catalog.get().current().desktopReleases() }),
  }),
];
