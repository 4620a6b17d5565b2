/** Operations that change the table of Docker Desktop releases. Reading it is public. */

import { z } from "zod";
import { json } from "@/lib/api/answers/answer";
import { ACCOUNTS } from "@/lib/api/rate-limits";
import { defineRoute } from "@/lib/api/route";
import { desktopReleaseSchema } from "@/lib/api/schemas/catalog";
import { desktopReleaseInput } from "@/lib/api/schemas/marketplace";
import { releaseImportInput, releaseImportSchema } from "@/lib/api/schemas/release-import";
import { putDesktopRelease, removeDesktopRelease } from "@/lib/marketplace/desktop-releases/desktop-releases";
import { importDesktopReleases } from "@/lib/marketplace/desktop-releases/import-desktop-releases";

/** The longest file, with room for the escapes of JSON. */
const IMPORT_BYTES_MAX = 1024 * 1024;

export const desktopReleaseRoutes = [
  defineRoute({
    method: "POST",
    path: "/api/v1/desktop-releases",
    operationId: "importDesktopReleases",
    summary: "Add or replace the Docker Desktop releases of a CSV file, all of them or none.",
    tag: "Policy",
    access: "actor",
    limit: ACCOUNTS,
    body: releaseImportInput,
    bodyBytesMax: IMPORT_BYTES_MAX,
    answers: { 200: { description: "What changed", schema: releaseImportSchema } },
    async handle({ ctx, body }) {
      return json(200, await importDesktopReleases(ctx, body));
    },
  }),
  defineRoute({
    method: "PUT",
    path: "/api/v1/desktop-releases/{version}",
    operationId: "putDesktopRelease",
    summary: "Add or replace a Docker Desktop release; offers change immediately.",
    tag: "Policy",
    access: "actor",
    limit: ACCOUNTS,
    body: desktopReleaseInput,
    answers: { 200: { description: "The release", schema: desktopReleaseSchema } },
    async handle({ ctx, params, body }) {
      return json(200, await putDesktopRelease(ctx, { version: params.version ?? "", ...body }));
    },
  }),
  defineRoute({
    method: "DELETE",
    path: "/api/v1/desktop-releases/{version}",
    operationId: "removeDesktopRelease",
    summary: "Remove a release from the table; hosts with it are then evaluated by adjacent releases.",
    tag: "Policy",
    access: "actor",
    limit: ACCOUNTS,
    answers: { 200: { description: "Removed", schema: z.object({ version: z.string() }) } },
    async handle({ ctx, params }) {
      const version = params.version ?? "";
      await removeDesktopRelease(ctx, { version });
      return json(200, { version });
    },
  }),
];
