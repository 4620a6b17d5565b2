/** The allow-list in the formats of existing clients. */

import type { ApiAnswer } from "@/lib/api/answers/answer";
import { QUESTIONS } from "@/lib/api/rate-limits";
import { defineRoute } from "@/lib/api/route";
import { hostQuery, optionalHostOf } from "@/lib/api/schemas/catalog-query";
import {
  adminSettingsSchema,
  allowedExtensionsQuery,
  allowedExtensionsSchema,
  podmanCatalogSchema,
} from "@/lib/api/schemas/exports";
import { catalog } from "@/lib/catalog/catalog";
import type { StoredDocument } from "@/lib/catalog/encoding/stored-document";
import { adminSettings, extensionsText } from "@/lib/catalog/exports/docker-desktop";
import { jsonExport, longExport } from "@/lib/catalog/exports/export-document";
import { podmanCatalog } from "@/lib/catalog/exports/podman-desktop";
import { allowedExtensions } from "@/lib/catalog/exports/rancher-desktop";
import { isKnownHost } from "@/lib/catalog/known-host";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";
import { canonicalJson } from "@/lib/journal/canonical-json";
import { instanceUrl } from "@/lib/platform/instance-url";

const TAG = "Other clients";
const EXPORTS = "/api/v1/exports";

export const exportRoutes = [
  defineRoute({
    method: "GET",
    path: `${EXPORTS}/docker-desktop/extensions.txt`,
    operationId: "exportDockerDesktopExtensions",
    summary:
      "The list for Docker's private marketplace: one line repository:tag for each extension, with its latest version. With a host, only what it is offered.",
    tag: TAG,
    access: "public",
    limit: QUESTIONS,
    query: hostQuery.pick({ desktop: true, api: true, arch: true }),
    answers: { 200: { description: "extensions.txt", contentType: "text/plain" } },
    async handle({ query }) {
      const snapshot = await catalog.get().prepared();
      const host = optionalHostOf(query);
      const make = async () =>
        longExport("text/plain", await extensionsText(snapshot, instanceUrl.get(), host), "extensions.txt");
      if (host !== undefined && !isKnownHost(snapshot.evaluation.releases, host))
        return { kind: "stored", document: await make() };
      return long(`extensions.txt ${canonicalJson(query)}`, make);
    },
  }),
  defineRoute({
    method: "GET",
    path: `${EXPORTS}/docker-desktop/admin-settings.json`,
    operationId: "exportDockerDesktopSettings",
    summary: "The settings that enable Docker's private marketplace, with a contact link to this instance.",
    tag: TAG,
    access: "public",
    limit: "stored",
    answers: { 200: { description: "admin-settings.json", schema: adminSettingsSchema } },
    handle: () => ({
      kind: "stored",
      document: jsonExport(adminSettings(instanceUrl.get()), { omitted: 0 }, "admin-settings.json"),
    }),
  }),
  defineRoute({
    method: "GET",
    path: `${EXPORTS}/rancher-desktop/allowed.json`,
    operationId: "exportRancherDesktopAllowed",
    summary:
      "Rancher Desktop's list of allowed images: the versions that can be installed on both platforms.",
    tag: TAG,
    access: "public",
    limit: QUESTIONS,
    query: allowedExtensionsQuery,
    answers: { 200: { description: "Settings, or a deployment profile", schema: allowedExtensionsSchema } },
    handle: ({ query }) =>
      long(`allowed.json ${query.version}`, async (snapshot) =>
        longExport("application/json", await allowedExtensions(snapshot, query.version), "allowed.json"),
      ),
  }),
  defineRoute({
    method: "GET",
    path: `${EXPORTS}/podman-desktop/extensions.json`,
    operationId: "exportPodmanDesktopCatalog",
    summary: "A catalog for Podman Desktop: the versions that can be installed on both platforms, by tag.",
    tag: TAG,
    access: "public",
    limit: "stored",
    answers: { 200: { description: "extensions.json", schema: podmanCatalogSchema } },
    handle: () =>
      long("extensions.json", async (snapshot) =>
        longExport("application/json", await podmanCatalog(snapshot, instanceUrl.get())),
      ),
  }),
];

/** Built once for all requests, until the snapshot changes. `name` is canonical. */
async function long(name: string, make: (snapshot: Snapshot) => Promise<StoredDocument>): Promise<ApiAnswer> {
  const snapshot = await catalog.get().prepared();
  return {
    kind: "stored",
    document: await snapshot.slowDocuments.run(name, () => make(snapshot)),
    bounded: true,
  };
}
