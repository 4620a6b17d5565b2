/** Reading the allow-list, now and at any past instant. */

import { z } from "zod";
import { json } from "@/lib/api/answers/answer";
import { HISTORY } from "@/lib/api/rate-limits";
import { defineRoute } from "@/lib/api/route";
import { instant as answeredInstant, collectionOf } from "@/lib/api/schemas/common";
import { catalog } from "@/lib/catalog/catalog";
import { allowListDocument } from "@/lib/catalog/views/collections";
import { services } from "@/lib/journal/context";
import { allowListAt } from "@/lib/marketplace/history/allow-list-at";
import {
  type AllowListDifference,
  allowListDifference,
} from "@/lib/marketplace/history/allow-list-difference";
import { historyOf } from "@/lib/marketplace/history/allow-list-history";
import { allowListItemSchema } from "@/lib/marketplace/publishing/allow-list-item";

const INSTANT_CHARACTERS_MAX = 40;

const instant = z.iso
  .datetime({
    offset: true,
    message: "is not an RFC 3339 instant such as 2026-11-20T10:00:00Z (write the plus of an offset as %2B)",
  })
  .max(INSTANT_CHARACTERS_MAX);

const causes = z
  .array(z.object({ at: answeredInstant, cause: z.string() }))
  .describe("The actions in between, newest last; `expire` for entries that expired.");

const differenceSchema = z.object({
  from: z.string(),
  to: z.string(),
  added: z.array(z.object({ repository: z.string(), after: allowListItemSchema, causes })),
  removed: z.array(z.object({ repository: z.string(), before: allowListItemSchema, causes })),
  changed: z.array(
    z.object({
      repository: z.string(),
      fields: z.array(z.string()).describe("The fields that differ."),
      before: allowListItemSchema,
      after: allowListItemSchema,
      causes,
    }),
  ),
});

export const allowListRoutes = [
  defineRoute({
    method: "GET",
    path: "/api/v1/allow-list",
    operationId: "getAllowList",
    summary: "The extensions that can be installed, each with the exact version and digest; never paged.",
    tag: "Catalog",
    access: "public",
    limit: HISTORY,
    query: z.strictObject({
      at: instant.optional().describe("An instant in the past. Only this parameter reads the database."),
    }),
    answers: { 200: { description: "The allow-list", schema: collectionOf(allowListItemSchema) } },
    async handle({ query, turn }) {
      if (query.at === undefined)
        return { kind: "stored", document: await (await catalog.get().prepared()).allowList() };
      const [{ db }, own] = [services.get(), await turn()];
      const { key, items } = await allowListAt(db, query.at, own);
      const make = () => historyOf(db).run(own, () => allowListDocument(items));
      const document = await catalog.get().current().slowDocuments.run(`allow-list at ${key}`, make);
      return { kind: "stored", document };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/api/v1/allow-list/diff",
    operationId: "getAllowListDifference",
    summary:
      "The changes to the allow-list between two instants; the response for two instants never changes.",
    tag: "Catalog",
    access: "public",
    limit: HISTORY,
    query: z.strictObject({ from: instant, to: instant.optional().describe("Default: now.") }),
    answers: { 200: { description: "The difference", schema: differenceSchema } },
    async handle({ query, turn }) {
      return json(200, documentOf(await allowListDifference(services.get().db, query, await turn())));
    },
  }),
];

function documentOf({ from, to, changes }: AllowListDifference): z.infer<typeof differenceSchema> {
  const document: z.infer<typeof differenceSchema> = { from, to, added: [], removed: [], changed: [] };
  for (const { repository, before, after, fields, causes: why } of changes) {
    const told = { repository, causes: why.map(({ at, cause }) => ({ at: at.toISOString(), cause })) };
    if (before !== null && after !== null) document.changed.push({ ...told, fields, before, after });
    else if (after !== null) document.added.push({ ...told, after });
    else if (before !== null) document.removed.push({ ...told, before });
  }
  return document;
}
