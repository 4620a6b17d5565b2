/** Docker Hub's marketplace, at the same paths as there. */

import { defineRoute } from "@/lib/api/route";
import { hubMarketplaceSchema, hubMetadataSchema } from "@/lib/api/schemas/exports";
import { catalog } from "@/lib/catalog/catalog";
import { findByHubKey, hubMarketplace, hubMetadata } from "@/lib/catalog/exports/docker-hub";
import { jsonExport } from "@/lib/catalog/exports/export-document";
import { instanceUrl } from "@/lib/platform/instance-url";

export const dockerHubRoutes = [
  defineRoute({
    method: "GET",
    path: "/v2/extensions/marketplace.json",
    operationId: "getHubMarketplace",
    summary: "The allow-list's repositories on Docker Hub, in Docker Hub's own shape.",
    tag: "Other clients",
    access: "public",
    limit: "stored",
    answers: { 200: { description: "The repositories", schema: hubMarketplaceSchema } },
    handle() {
      const { marketplace, omitted } = hubMarketplace(catalog.get().current());
      return { kind: "stored", document: jsonExport(marketplace, { omitted }) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v2/extensions/{key}/metadata.json",
    operationId: "getHubMetadata",
    summary: "One extension on Docker Hub, in Docker Hub's own shape; the key is namespace_repository.",
    tag: "Other clients",
    access: "public",
    limit: "stored",
    answers: {
      200: { description: "The current version and the four before it", schema: hubMetadataSchema },
    },
    handle({ params }) {
      const snapshot = catalog.get().current();
      const view = findByHubKey(snapshot, params.key ?? "");
      const metadata = hubMetadata(view, snapshot.builtAt, instanceUrl.get());
      return { kind: "stored", document: jsonExport(metadata, { omitted: 0 }) };
    },
  }),
];
