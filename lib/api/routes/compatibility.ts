/** Operations on compatibility: the matrix for programs and pages, and badges for READMEs. */

import { knownExtension } from "@/lib/api/known-extension";
import { QUESTIONS } from "@/lib/api/rate-limits";
import { defineRoute } from "@/lib/api/route";
import { badgeQuery, compatibilitySchema } from "@/lib/api/schemas/compatibility";
import { badgeSvg } from "@/lib/catalog/badges/badge-svg";
import { type BadgeKind, extensionBadge } from "@/lib/catalog/badges/extension-badge";
import { catalog } from "@/lib/catalog/catalog";
import { compatibilityMatrix } from "@/lib/catalog/compatibility/matrix";
import { storedJson, storedText } from "@/lib/catalog/encoding/stored-document";

const SVG = "image/svg+xml";

export const compatibilityRoutes = [
  defineRoute({
    method: "GET",
    path: "/api/v1/extensions/{repository}/-/compatibility",
    operationId: "getCompatibility",
    summary:
      "The version that each Docker Desktop release is offered on each architecture, and the reason for no newer one.",
    tag: "Catalog",
    access: "public",
    limit: "stored",
    answers: { 200: { description: "Releases, newest first", schema: compatibilitySchema } },
    handle({ params }) {
      const view = knownExtension(params.repository);
      return { kind: "stored", document: storedJson(compatibilityMatrix(view)) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/api/v1/extensions/{repository}/-/badge.svg",
    operationId: "getBadge",
    summary: "A badge for READMEs: the newest version, its requirement, or its platforms.",
    tag: "Catalog",
    access: "public",
    limit: QUESTIONS,
    query: badgeQuery,
    answers: {
      200: { description: "The badge", contentType: SVG },
      404: { description: "A badge that says: not listed", contentType: SVG },
    },
    handle({ params: { repository = "" }, query }) {
      const view = catalog.get().current().find(repository);
      if (view === undefined) return unlisted(query.kind);
      const document = storedText(SVG, badgeSvg(extensionBadge(query.kind, view)));
      return { kind: "stored", document, bounded: true };
    },
  }),
];

/** READMEs still show the image, and programs see the 404. */
function unlisted(kind: BadgeKind) {
  const bytes = Buffer.from(badgeSvg(extensionBadge(kind, undefined)), "utf8");
  const headers = { "content-type": `${SVG}; charset=utf-8`, "cache-control": "no-store" };
  return { kind: "bytes", status: 404, headers, bytes } as const;
}
