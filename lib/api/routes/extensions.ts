/** Operations that read the catalog: extensions, their versions, and offers for a host. */

import type { ApiAnswer } from "@/lib/api/answers/answer";
import { knownExtension } from "@/lib/api/known-extension";
import { QUESTIONS } from "@/lib/api/rate-limits";
import { defineRoute } from "@/lib/api/route";
import { extensionPageSchema, extensionSchema, offerSchema, versionSchema } from "@/lib/api/schemas/catalog";
import { hostOf, hostQuery, listQuery, optionalHostOf } from "@/lib/api/schemas/catalog-query";
import { catalog } from "@/lib/catalog/catalog";
import { storedJson } from "@/lib/catalog/encoding/stored-document";
import { isKnownHost } from "@/lib/catalog/known-host";
import { listExtensions } from "@/lib/catalog/queries/list";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";
import type { Document, ExtensionView } from "@/lib/catalog/views/extension-view";
import type { Host } from "@/lib/extension/desktop/desktop-release";
import { AppError } from "@/lib/platform/errors";

/** gzip level for responses to a single request: speed matters more than size. */
const EFFORT = 1;

export const extensionRoutes = [
  defineRoute({
    method: "GET",
    path: "/api/v1/extensions",
    operationId: "listExtensions",
    summary: "The extensions that can be installed; with a host, also the version that it is offered.",
    tag: "Catalog",
    access: "public",
    limit: QUESTIONS,
    query: listQuery,
    answers: { 200: { description: "A page of extensions", schema: extensionPageSchema } },
    async handle({ query }) {
      const { desktop, api, arch, os, channel, compatible: offeredOnly, ...list } = query;
      const host = offeredOnly
        ? hostOf({ desktop, api, arch, os, channel })
        : optionalHostOf({ desktop, api, arch, os, channel });
      const snapshot = await catalog.get().prepared();
      const page = listExtensions(snapshot, { ...list, host, offeredOnly });
      const isFree = list.q !== undefined || list.cursor !== undefined || page.total === 0;
      return stored(storedJson(page, EFFORT), !isFree && isBounded(snapshot, host));
    },
  }),
  defineRoute({
    method: "GET",
    path: "/api/v1/extensions/{repository}",
    operationId: "getExtension",
    summary: "One extension with every version that can be installed; none if the extension is not active.",
    tag: "Catalog",
    access: "public",
    limit: "stored",
    answers: { 200: { description: "The extension", schema: extensionSchema } },
    handle: ({ params }) => made(knownExtension(params.repository).document),
  }),
  defineRoute({
    method: "GET",
    path: "/api/v1/extensions/{repository}/-/versions/{tag}",
    operationId: "getVersion",
    summary: "One version: listed, yanked or blocked, with the reason.",
    tag: "Catalog",
    access: "public",
    limit: "stored",
    answers: { 200: { description: "The version", schema: versionSchema } },
    handle: ({ params }) => made(findVersion(knownExtension(params.repository), params.tag ?? "")),
  }),
  defineRoute({
    method: "GET",
    path: "/api/v1/extensions/{repository}/-/offer",
    operationId: "getOffer",
    summary: "The version that this host is offered, and the reason for no newer one.",
    tag: "Catalog",
    access: "public",
    limit: QUESTIONS,
    query: hostQuery,
    answers: { 200: { description: "The offer", schema: offerSchema } },
    handle({ params, query }) {
      const host = hostOf(query);
      const offer = knownExtension(params.repository).offer(host);
      return stored(storedJson(offer, EFFORT), isBounded(catalog.get().current(), host));
    },
  }),
];

function stored(document: ReturnType<typeof storedJson>, bounded = false): ApiAnswer {
  return { kind: "stored", document, bounded };
}

function isBounded({ evaluation }: Snapshot, host: Host | undefined): boolean {
  return host === undefined || isKnownHost(evaluation.releases, host);
}

function findVersion(view: ExtensionView, tag: string): NonNullable<ReturnType<ExtensionView["version"]>> {
  const version = view.version(tag);
  if (version !== undefined) return version;
  throw new AppError("not_found", `${view.repository} has no listed version ${tag.slice(0, 128)}.`, {
    suggestion: `GET /api/v1/extensions/${view.repository} lists the versions that can be installed.`,
  });
}

/** Responds synchronously when the bytes are cached, which is nearly always. */
function made(document: Document<unknown>): ApiAnswer | Promise<ApiAnswer> {
  return document.ready()?.then(() => stored(document.stored())) ?? stored(document.stored());
}
