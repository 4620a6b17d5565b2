/** The catalog as one document, for clients that keep a copy. */

import { z } from "zod";
import { QUESTIONS } from "@/lib/api/rate-limits";
import { defineRoute } from "@/lib/api/route";
import { wholeCatalogSchema } from "@/lib/api/schemas/catalog";
import { type Catalog, catalog } from "@/lib/catalog/catalog";
import { catalogSince, wholeCatalog } from "@/lib/catalog/queries/catalog-export";
import { knownRevision } from "@/lib/catalog/snapshot/changed-since";
import { AppError } from "@/lib/platform/errors";

export const wholeCatalogRoutes = [
  defineRoute({
    method: "GET",
    path: "/api/v1/catalog",
    operationId: "getCatalog",
    summary: "All listed extensions in one document; with `since`, only the changes. Never paged.",
    tag: "Catalog",
    access: "public",
    limit: QUESTIONS,
    query: z.strictObject({
      since: z
        .string()
        .regex(/^\d{1,19}$/, "is not the `snapshot` of an earlier response")
        .transform(BigInt)
        .optional()
        .describe(
          "The `snapshot` of an earlier response from any process of this instance, even before a restart. The response " +
            "is full if a change since then affects every extension, or if the value does not belong to this catalog.",
        ),
    }),
    answers: { 200: { description: "The catalog, or its changes", schema: wholeCatalogSchema } },
    async ready({ since }) {
      if (since !== undefined) await untilNotBehind(catalog.get(), since);
    },
    async handle({ query: { since } }) {
      const snapshot = await catalog.get().prepared();
      if (since === undefined) return { kind: "stored", document: await wholeCatalog(snapshot) };
      const known = knownRevision(snapshot.records, since);
      if (known === undefined) return { kind: "stored", document: await wholeCatalog(snapshot) };
      const made = snapshot.slowDocuments.run(`catalog since ${known}`, () => catalogSince(snapshot, known));
      return { kind: "stored", document: await made, bounded: known === since };
    },
  }),
];

/**
 * Ensures that a client never gets an older state from another process. A restored database counts as a different
 * catalog.
 */
async function untilNotBehind(shown: Catalog, since: bigint): Promise<void> {
  if ((await shown.caughtUp(since)) !== "behind") return;
  throw new AppError("catalog_behind", "This process has not read the state that you already have.", {
    suggestion: "Keep your copy and retry shortly, or omit `since` for the current state of this process.",
    retryable: true,
    retryAfterSeconds: 1,
  });
}
