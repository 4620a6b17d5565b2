import { z } from "zod";
import type { MediaReport } from "@/lib/extension/media-report";

const why = z.string().describe("A part of a sentence.");
const shown = { url: z.string(), alt: z.string() };
const pictureSchema = z.discriminatedUnion("outcome", [
  z.object({
    ...shown,
    outcome: z.literal("stored"),
    picture: z
      .object({
        sha256: z.string(),
        contentType: z.enum(["image/png", "image/webp"]),
        sizeBytes: z.int(),
        width: z.int(),
        height: z.int(),
      })
      .describe("The copy that was made of it."),
  }),
  z.object({ ...shown, outcome: z.enum(["dead", "unusable", "not_checked"]), why }),
]);
const visited = { title: z.string(), url: z.string() };
const linkSchema = z.discriminatedUnion("outcome", [
  z.object({ ...visited, outcome: z.literal("reachable") }),
  z.object({ ...visited, outcome: z.enum(["dead", "not_checked"]), why }),
]);

export const mediaSchema = z.object({
  icon: pictureSchema.nullable(),
  screenshots: z.array(pictureSchema),
  links: z.array(linkSchema),
}) satisfies z.ZodType<MediaReport>;
