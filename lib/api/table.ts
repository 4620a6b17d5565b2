/** Every operation of the API. To add operations, export a list of them from a file in `routes/` and add it here. */

import { z } from "zod";
import { openApiDocument } from "@/lib/api/openapi/document";
import { defineRoute, type Route } from "@/lib/api/route";
import { allowListRoutes } from "@/lib/api/routes/allow-list";
import { auditRoutes } from "@/lib/api/routes/audit";
import { compatibilityRoutes } from "@/lib/api/routes/compatibility";
import { deadLetterRoutes } from "@/lib/api/routes/dead-letters";
import { desktopReleaseRoutes } from "@/lib/api/routes/desktop-releases";
import { dockerHubRoutes } from "@/lib/api/routes/docker-hub";
import { entryRoutes } from "@/lib/api/routes/entries";
import { exportRoutes } from "@/lib/api/routes/exports";
import { extensionRoutes } from "@/lib/api/routes/extensions";
import { feedRoutes } from "@/lib/api/routes/feeds";
import { inspectionRoutes } from "@/lib/api/routes/inspections";
import { invitationRoutes } from "@/lib/api/routes/invitations";
import { mediaRoutes } from "@/lib/api/routes/media";
import { policyRoutes } from "@/lib/api/routes/policy";
import { referenceDataRoutes } from "@/lib/api/routes/reference-data";
import { registryRoutes } from "@/lib/api/routes/registries";
import { reinspectionRoutes } from "@/lib/api/routes/reinspection";
import { scanRoutes } from "@/lib/api/routes/scans";
import { securityRoutes } from "@/lib/api/routes/security";
import { setupRoutes } from "@/lib/api/routes/setup";
import { submissionRoutes } from "@/lib/api/routes/submissions";
import { tokenRoutes } from "@/lib/api/routes/tokens";
import { updateRoutes } from "@/lib/api/routes/updates";
import { userRoutes } from "@/lib/api/routes/users";
import { versionActRoutes } from "@/lib/api/routes/versions";
import { wholeCatalogRoutes } from "@/lib/api/routes/whole-catalog";
import { lazy } from "@/lib/catalog/encoding/lazy";
import { storedJson } from "@/lib/catalog/encoding/stored-document";

const document = lazy(() => storedJson(openApiDocument(ROUTES)));

export const ROUTES: readonly Route[] = [
  // Public reads
  ...extensionRoutes,
  ...compatibilityRoutes,
  ...wholeCatalogRoutes,
  ...allowListRoutes,
  ...updateRoutes,
  ...referenceDataRoutes,
  ...mediaRoutes,
  ...inspectionRoutes,
  // For existing clients
  ...dockerHubRoutes,
  ...exportRoutes,
  ...feedRoutes,
  ...securityRoutes,
  // For publishers and reviewers
  ...submissionRoutes,
  ...entryRoutes,
  ...versionActRoutes,
  ...scanRoutes,
  ...reinspectionRoutes,
  // Administration
  ...setupRoutes,
  ...userRoutes,
  ...invitationRoutes,
  ...tokenRoutes,
  ...policyRoutes,
  ...desktopReleaseRoutes,
  ...registryRoutes,
  ...deadLetterRoutes,
  ...auditRoutes,
  defineRoute({
    method: "GET",
    path: "/api/v1/openapi.json",
    operationId: "getOpenApi",
    summary: "This description of the API.",
    tag: "Catalog",
    access: "public",
    limit: "stored",
    answers: {
      200: {
        description: "An OpenAPI 3.1 document",
        schema: z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) }),
      },
    },
    handle: () => ({ kind: "stored", document: document() }),
  }),
];
