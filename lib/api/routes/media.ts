import { matchesEtag } from "@/lib/api/answers/conditional";
import { MEDIA } from "@/lib/api/rate-limits";
import { defineRoute } from "@/lib/api/route";
import { catalog } from "@/lib/catalog/catalog";
import { AppError } from "@/lib/platform/errors";

const ONE_YEAR_SECONDS = 31_536_000;
const SHA256 = /^[0-9a-f]{64}$/;

/** Bytes that publishers supplied, although re-encoded: a browser shows them and does nothing else with them. */
const HARMLESS = {
  "content-security-policy": "sandbox; default-src 'none'",
  "content-disposition": "inline",
  "cache-control": `public, max-age=${ONE_YEAR_SECONDS}, immutable`,
};

export const mediaRoutes = [
  defineRoute({
    method: "GET",
    path: "/api/v1/media/{sha256}",
    operationId: "getMedia",
    summary: "An image by the hash of its bytes; it never changes.",
    tag: "Catalog",
    access: "public",
    limit: MEDIA,
    answers: { 200: { description: "The image", contentType: "image/*" } },
    async handle({ params, request, turn }) {
      const { sha256 = "" } = params;
      const etag = `"${sha256}"`;
      const media = SHA256.test(sha256) ? await catalog.get().media.find(sha256, turn) : undefined;
      if (media === undefined) {
        throw new AppError("not_found", "Image not found.", {
          suggestion: "Read the extension again. It lists its images.",
        });
      }
      if (matchesEtag(request.header("if-none-match"), etag))
        return { kind: "empty", status: 304, headers: { ...HARMLESS, etag } };
      return {
        kind: "bytes",
        status: 200,
        headers: { ...HARMLESS, etag, "content-type": media.contentType },
        bytes: media.bytes,
      };
    },
  }),
];
