import { z } from "zod";

export const instant = z.iso.datetime({ offset: true });

/** An RFC 3339 instant in a request, as a Date. */
export const instantInput = instant.transform((text) => new Date(text));

export const reasonInput = z.string().trim().min(1).max(2_000);

export const findingSchema = z.object({
  code: z.string().describe("Never changes its meaning."),
  severity: z.enum(["error", "warning", "info"]),
  outcome: z.enum(["failed", "not_checked"]),
  message: z.string(),
  suggestion: z.string(),
  evidence: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  helpUrl: z.string().describe("The explanation of the code, on this server."),
});

/** The error that stopped a background operation. */
export const storedErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  suggestion: z.string().nullable(),
});

export const skippedTagSchema = z.object({ tag: z.string(), reason: z.string(), message: z.string() });

export const failingTagSchema = z.object({
  tag: z.string(),
  digest: z.string().nullable().describe("Null: the registry does not report where the tag points."),
  attempts: z.int().min(1).describe("Consecutive attempts with this digest since the last requested scan."),
  error: storedErrorSchema,
  lastTriedAt: instant,
  nextTryAt: instant.nullable().describe("Null: not until the tag moves or a scan is requested."),
});

export function collectionOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), total: z.int().min(0), next: z.string().nullable() });
}

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
};
