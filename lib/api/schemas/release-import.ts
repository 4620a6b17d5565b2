import { z } from "zod";
import { desktopReleaseSchema } from "@/lib/api/schemas/catalog";
import type { ReleaseImportResult } from "@/lib/marketplace/desktop-releases/import-desktop-releases";

export const releaseImportInput = z.strictObject({
  csv: z.string().describe("The file, with a header. docs/operating.md describes its columns."),
  dryRun: z.boolean().default(false).describe("Only check the file and report what it would change."),
});

export const releaseImportSchema = z.object({
  dryRun: z.boolean(),
  added: z.array(desktopReleaseSchema),
  changed: z.array(z.object({ before: desktopReleaseSchema, after: desktopReleaseSchema })),
  unchanged: z.int().describe("Releases of the file that the table has with the same values."),
}) satisfies z.ZodType<ReleaseImportResult>;
