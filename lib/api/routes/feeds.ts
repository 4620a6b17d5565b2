/** Feeds, the sitemap and robots.txt. */

import { z } from "zod";
import { knownExtension } from "@/lib/api/known-extension";
import { QUESTIONS } from "@/lib/api/rate-limits";
import { defineRoute } from "@/lib/api/route";
import { catalog } from "@/lib/catalog/catalog";
import { storedPieces, storedText } from "@/lib/catalog/encoding/stored-document";
import { atomXml } from "@/lib/catalog/feeds/atom";
import { extensionFeed, instanceFeed } from "@/lib/catalog/feeds/release-feed";
import { robotsText, sitemapXml } from "@/lib/catalog/feeds/sitemap";
import { AppError } from "@/lib/platform/errors";
import { instanceUrl } from "@/lib/platform/instance-url";

const ATOM = "application/atom+xml";
const XML = "application/xml";
const TAG = "Feeds";

export const feedRoutes = [
  defineRoute({
    method: "GET",
    path: "/feed.atom",
    operationId: "getFeed",
    summary: "The fifty versions listed last, as an Atom feed.",
    tag: TAG,
    access: "public",
    limit: "stored",
    answers: { 200: { description: "The feed", contentType: ATOM } },
    async handle() {
      const feed = await instanceFeed(await catalog.get().prepared(), instanceUrl.get());
      return { kind: "stored", document: storedText(ATOM, atomXml(feed)) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/api/v1/extensions/{repository}/-/feed.atom",
    operationId: "getExtensionFeed",
    summary: "The versions of one extension, as an Atom feed.",
    tag: TAG,
    access: "public",
    limit: "stored",
    answers: { 200: { description: "The feed", contentType: ATOM } },
    async handle({ params }) {
      const feed = await extensionFeed(knownExtension(params.repository), instanceUrl.get());
      return { kind: "stored", document: storedText(ATOM, atomXml(feed)) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/sitemap.xml",
    operationId: "getSitemap",
    summary: "The public pages, for search engines.",
    tag: TAG,
    access: "public",
    limit: QUESTIONS,
    query: z.strictObject({
      part: z.coerce.number().int().min(1).max(1_000).optional().describe("A part from the index."),
    }),
    answers: { 200: { description: "A sitemap, or a list of its parts", contentType: XML } },
    async handle({ query }) {
      const snapshot = await catalog.get().prepared();
      const pieces = await sitemapXml(snapshot, instanceUrl.get(), query.part);
      if (pieces !== undefined)
        return { kind: "stored", document: await storedPieces(XML, pieces), bounded: true };
      throw new AppError("not_found", "The sitemap has no such part.", {
        suggestion: "GET /sitemap.xml lists its parts, or is the complete sitemap.",
      });
    },
  }),
  defineRoute({
    method: "GET",
    path: "/robots.txt",
    operationId: "getRobots",
    summary: "The paths that crawlers must not visit.",
    tag: TAG,
    access: "public",
    limit: "stored",
    answers: { 200: { description: "robots.txt", contentType: "text/plain" } },
    handle: () => ({ kind: "stored", document: storedText("text/plain", robotsText(instanceUrl.get())) }),
  }),
];
