import { performance } from "node:perf_hooks";
import { readBody } from "@/lib/egress/body";
import type { Send } from "@/lib/egress/guarded-fetch";
import type { PictureProblem, PictureReason } from "@/lib/extension/findings/picture-fixes";
import type { DrawnPicture } from "@/lib/media/drawing/draw-picture";
import { drawing } from "@/lib/media/drawing/drawing";
import { labelAddress } from "@/lib/media/label-address";
import { MEDIA_LIMITS } from "@/lib/media/media-limits";
import { pageReason } from "@/lib/media/picture-page";
import type { PictureShape } from "@/lib/media/picture-shape";
import { type Visit, visit } from "@/lib/media/visit";
import { lruCache } from "@/lib/platform/lru-cache";

export type FetchedPicture =
  | Extract<DrawnPicture, { kind: "drawn" }>
  /** `forbidden`: the URL leads to an address from which this network forbids fetching. */
  | ({ kind: "dead" | "unusable" | "forbidden" } & PictureProblem)
  /** `why` is part of a sentence. */
  | { kind: "not_checked"; why: string };

export type VisitedLink = { kind: "reachable" } | { kind: "dead" | "not_checked"; why: string };

/**
 * Fetches images and pages that labels name. One for the whole process, because it caches recent outcomes. Throws only
 * the signal's reason.
 */
export type MediaPort = {
  /** Fetches and re-renders an image. `url` is as in the label. */
  picture(url: string, shape: PictureShape, signal: AbortSignal): Promise<FetchedPicture>;
  /** Checks that a page exists. A server that only rejects automated clients counts as `not_checked`. */
  link(url: string, signal: AbortSignal): Promise<VisitedLink>;
};

export type MediaPortOptions = {
  /** The guarded fetch, created with `mediaEgressRules`. The caller closes it. */
  fetch: Send;
  /** Monotonic milliseconds. */
  now?: () => number;
};

export function createMediaPort({ fetch, now = () => performance.now() }: MediaPortOptions): MediaPort {
  const memory = { maxSize: MEDIA_LIMITS.rememberedBytes, ttlMs: MEDIA_LIMITS.rememberedMs, nowMs: now };
  const pictures = lruCache<string, FetchedPicture>({ ...memory, sizeOf: sizeOfPicture });
  const links = lruCache<string, VisitedLink>({ ...memory, sizeOf: () => ENTRY_BYTES });
  return {
    async picture(url, shape, signal) {
      const key = `${shape.format} ${url}`;
      const outcome = pictures.get(key) ?? (await fetchPicture(fetch, url, shape, signal));
      if (outcome.kind === "drawn") pictures.set(key, outcome);
      return outcome;
    },
    async link(url, signal) {
      const outcome = links.get(url) ?? (await visitLink(fetch, url, signal));
      if (outcome.kind === "reachable") links.set(url, outcome);
      return outcome;
    },
  };
}

/** Approximate overhead of a cache entry, in addition to the copy. */
const ENTRY_BYTES = 512;

function sizeOfPicture(picture: FetchedPicture): number {
  return ENTRY_BYTES + (picture.kind === "drawn" ? picture.media.bytes.length : 0);
}

async function fetchPicture(
  send: Send,
  text: string,
  shape: PictureShape,
  signal: AbortSignal,
): Promise<FetchedPicture> {
  const address = labelAddress(text);
  if ("refused" in address) return { kind: "unusable", reason: "private_address", why: address.refused };
  const visited = await visit({
    send,
    url: address.url,
    accept: "image/svg+xml, image/webp, image/png, image/jpeg, image/gif;q=0.8",
    maxBytes: shape.maxBytes,
    signal,
    read: readBody,
  });
  if (visited.kind !== "arrived") return failedPicture(visited, address.url);
  const drawn = await drawing().draw(visited.value, shape);
  if (drawn.kind !== "unusable" || drawn.reason !== "web_page") return drawn;
  const reason = pageReason(address.url, visited.url) ?? drawn.reason;
  return { ...drawn, reason, why: reason === "sign_in" ? "it leads to a page for signing in" : drawn.why };
}

type FailedVisit = Exclude<Visit<unknown>, { kind: "arrived" }>;

/** Images must be available without signing in, so a refusal counts as missing. */
function failedPicture({ kind, why, status, url }: FailedVisit, asked: URL): FetchedPicture {
  switch (kind) {
    case "no_answer":
      return { kind: "not_checked", why };
    case "forbidden":
      return { kind: "forbidden", reason: "private_address", why };
    case "too_large":
      return { kind: "unusable", reason: "too_large", why };
    case "gone":
    case "refused":
      return { kind: "dead", reason: pageReason(asked, url ?? asked) ?? deadReason(kind, status), why };
  }
}

function deadReason(kind: "gone" | "refused", status: number | undefined): PictureReason {
  if (status === undefined) return "redirect";
  return kind === "gone" ? "not_found" : "not_public";
}

async function visitLink(send: Send, text: string, signal: AbortSignal): Promise<VisitedLink> {
  const address = labelAddress(text);
  if ("refused" in address) return { kind: "not_checked", why: address.refused };
  const visited = await visit({
    send,
    url: address.url,
    accept: "text/html, */*;q=0.5",
    maxBytes: MEDIA_LIMITS.linkBytes,
    signal,
    read: (response) => response.discard(),
  });
  if (visited.kind === "arrived") return { kind: "reachable" };
  return { kind: LINK_OUTCOMES[visited.kind], why: visited.why };
}

const LINK_OUTCOMES = {
  gone: "dead",
  refused: "not_checked",
  forbidden: "not_checked",
  too_large: "not_checked",
  no_answer: "not_checked",
} as const satisfies Record<Exclude<Visit<unknown>["kind"], "arrived">, VisitedLink["kind"]>;
