/** Actions on one version: `POST …/-/versions/{tag}/{list|hold|yank|block|restore}`. */

import { z } from "zod";
import { json } from "@/lib/api/answers/answer";
import { ACCOUNTS } from "@/lib/api/rate-limits";
import { defineRoute } from "@/lib/api/route";
import { collectionOf, reasonInput } from "@/lib/api/schemas/common";
import { openVersionSchema, versionStateSchema } from "@/lib/api/schemas/marketplace";
import { listOpenVersions } from "@/lib/marketplace/versions/open-versions";
import type { VersionAct } from "@/lib/marketplace/versions/version-command-input";
import { actOnVersion } from "@/lib/marketplace/versions/version-commands";

const SUMMARIES: Record<VersionAct, string> = {
  list: "List a version; with the digest that a moved tag points to now, accept that one in its place.",
  hold: "Exclude a version from every offer until a person decides.",
  yank: "Withdraw a version; update checks tell its users to update or remove it.",
  block: "Block a version's image in every repository and under every tag; hard = remove it, soft = warn.",
  restore: "Undo a yank, or lift a block of the image in every repository.",
};

function actRoute(act: VersionAct) {
  return defineRoute({
    method: "POST",
    path: `/api/v1/extensions/{repository}/-/versions/{tag}/${act}`,
    operationId: `${act}Version`,
    summary: SUMMARIES[act],
    tag: "Versions",
    access: "actor",
    limit: ACCOUNTS,
    body: z.strictObject({
      reason: reasonInput,
      expectedDigest: z.string().max(200).optional(),
      widenEnvelope: z.boolean().optional(),
      level: z.enum(["hard", "soft"]).optional(),
    }),
    answers: { 200: { description: "The version", schema: versionStateSchema } },
    async handle({ ctx, params, body }) {
      return json(
        200,
        await actOnVersion(ctx, { repository: params.repository ?? "", tag: params.tag ?? "", act, ...body }),
      );
    },
  });
}

export const versionActRoutes = [
  actRoute("list"),
  actRoute("hold"),
  actRoute("yank"),
  actRoute("block"),
  actRoute("restore"),
  defineRoute({
    method: "GET",
    path: "/api/v1/open-versions",
    operationId: "listOpenVersions",
    summary: "Versions that need review: held, or with a moved tag.",
    tag: "Versions",
    access: "actor",
    limit: ACCOUNTS,
    query: z.strictObject({ kind: z.enum(["held", "moved"]).default("held") }),
    answers: { 200: { description: "Newest first, at most 500", schema: collectionOf(openVersionSchema) } },
    async handle({ ctx, query }) {
      const items = await listOpenVersions(ctx, query);
      return json(200, { items, total: items.length, next: null });
    },
  }),
];
