import { performance } from "node:perf_hooks";
import { readBody } from "@/lib/egress/body";
import type { Send } from "@/lib/egress/guarded-fetch";
import type { DrawnPicture } from "@/lib/media/drawing/draw-picture";
import { drawing } from "@/lib/media/drawing/drawing";
import { labelAddress } from "@/lib/media/label-address";
import { MEDIA_LIMITS } from "@/lib/media/media-limits";
import type { PictureShape } from "@/lib/media/picture-shape";
import { type Visit, visit } from "@/lib/media/visit";
import { lruCache } from "@/lib/platform/lru-cache";

export type FetchedPicture =
  | Extract<DrawnPicture, { kind: "drawn" }>
  /** `why` is a part of a sentence. `forbidden`: its address leads to where this network lets nothing be fetched from. */
  | { kind: "dead" | "unusable" | "forbidden" | "not_checked"; why: string };

export type VisitedLink = { kind: "reachable" } | { kind: "dead" | "not_checked"; why: string };

/**
 * The way to pictures and pages that labels name; one for the whole process, because it remembers what it saw a moment
 * ago. Throws nothing but the signal's reason.
 */
export type MediaPort = {
  /** Fetches and redraws a picture. `url` as in the label. */
  picture(url: string, shape: PictureShape, signal: AbortSignal): Promise<FetchedPicture>;
  /** Whether a page is there. A server that only refuses programs counts as not checked. */
  link(url: string, signal: AbortSignal): Promise<VisitedLink>;
};

export type MediaPortOptions = {
  /** The guarded fetch, made with `mediaEgressRules`. It stays the caller's to close. */
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

/** Roughly what a cache entry takes besides the copy. */
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
  if ("refused" in address) return { kind: "unusable", why: address.refused };
  const visited = await visit({
    send,
    url: address.url,
    accept: "image/svg+xml, image/webp, image/png, image/jpeg, image/gif;q=0.8",
    maxBytes: shape.maxBytes,
    signal,
    read: readBody,
  });
  if (visited.kind !== "arrived") return { kind: PICTURE_OUTCOMES[visited.kind], why: visited.why };
  return drawing().draw(visited.value, shape);
}

/** A picture must be there for everyone without a sign-in, so a refusal is as good as its absence. */
const PICTURE_OUTCOMES = {
  gone: "dead",
  refused: "dead",
  forbidden: "forbidden",
  too_large: "unusable",
  no_answer: "not_checked",
} as const satisfies Record<Exclude<Visit<unknown>["kind"], "arrived">, FetchedPicture["kind"]>;

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
