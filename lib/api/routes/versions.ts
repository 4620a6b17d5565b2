/** What a person does to one version: `POST …/-/versions/{tag}/{list|hold|yank|block|restore}`. */

import { z } from "zod";
import { json } from "@/lib/api/answer";
import { defineRoute } from "@/lib/api/route";
import { instant, reasonInput } from "@/lib/api/schemas/common";
import { actOnVersion, type VersionAct } from "@/lib/marketplace/version-acts";

const versionSchema = z.object({
  tag: z.string(),
  version: z.string(),
  digest: z.string(),
  visibility: z.enum(["unlisted", "listed", "held", "yanked", "blocked"]),
  reason: z
    .object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()).optional() })
    .nullable(),
  blockLevel: z.enum(["hard", "soft"]).nullable(),
  listedAt: instant.nullable(),
  moved: z.object({ digest: z.string(), seenAt: instant }).nullable(),
});

const SUMMARIES: Record<VersionAct, string> = {
  list: "List a version; with the digest that a moved tag points to now, accept that one in its place.",
  hold: "Take a version out of every offer until somebody decides.",
  yank: "Withdraw a version; who has it installed is told to move on.",
  block: "Block a version's image, whatever its tag; hard = remove it, soft = warn.",
  restore: "Take back a hold, yank or block.",
};

function actRoute(act: VersionAct) {
  return defineRoute({
    method: "POST",
    path: `/api/v1/extensions/{repository}/-/versions/{tag}/${act}`,
    operationId: `${act}Version`,
    summary: SUMMARIES[act],
    tag: "Versions",
    access: "actor",
    body: z.strictObject({
      reason: reasonInput,
      expectedDigest: z.string().max(200).optional(),
      widenEnvelope: z.boolean().optional(),
      level: z.enum(["hard", "soft"]).optional(),
    }),
    answers: { 200: { description: "The version", schema: versionSchema } },
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
];
