import { type LruCache, lruCache } from "@/lib/platform/lru-cache";

/** An answer that is text, with what is to be known to send it. */
export type KnownText = { text: string; byteLength: string; encoding: "latin1" | "utf8" };

export function knownText(text: string): KnownText {
  const bytes = Buffer.byteLength(text);
  return { text, byteLength: String(bytes), encoding: bytes === text.length ? "latin1" : "utf8" };
}

/** V8 hashes longer texts by their length alone, so that a client could make all of them collide. */
export const BODY_BYTES_MAX = 16_000;

/**
 * Answers of the update check by the very bytes of the request's body: a fleet asks the same again and again. Those
 * asked for last are kept, and none longer than the snapshot that it was made of.
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

/** One character for each byte: different bodies never have the same key. */
function keyOf(body: Buffer): string {
  return body.toString("latin1");
}
