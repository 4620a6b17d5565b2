import { type LruCache, lruCache } from "@/lib/platform/lru-cache";

/** A response text with what is needed to send it. */
export type KnownText = { text: string; byteLength: string; encoding: "latin1" | "utf8" };

export function knownText(text: string): KnownText {
  const bytes = Buffer.byteLength(text);
  return { text, byteLength: String(bytes), encoding: bytes === text.length ? "latin1" : "utf8" };
}

/** V8 hashes longer strings by length only, so a client could force collisions. */
export const BODY_BYTES_MAX = 16_000;

/**
 * LRU cache of update-check responses by the exact bytes of the request body, because a fleet repeats the same
 * requests. Dropped with its snapshot.
 */
export class UpdateBodies {
  private readonly answers: LruCache<string, KnownText>;

  constructor(charactersMax: number) {
    this.answers = lruCache({
      maxSize: charactersMax,
      sizeOf: ({ text }, body) => text.length + body.length,
    });
  }

  get(body: Buffer): KnownText | undefined {
    return body.byteLength > BODY_BYTES_MAX ? undefined : this.answers.get(keyOf(body));
  }

  set(body: Buffer, answer: KnownText): void {
    if (body.byteLength <= BODY_BYTES_MAX) this.answers.set(keyOf(body), answer);
  }
}

/** One character per byte, so different bodies never share a key. */
function keyOf(body: Buffer): string {
  return body.toString("latin1");
}
