import { BrotliForms } from "@/lib/api/answers/brotli-forms";
import { type Encoding, negotiateEncoding, prefersBrotli } from "@/lib/api/answers/negotiate";
import type { Encoded, StoredDocument } from "@/lib/catalog/encoding/stored-document";
import { lruCache } from "@/lib/platform/lru-cache";

type Negotiated = { encoding: Encoding | undefined; brotli: boolean };

/** Clients send a handful of Accept-Encoding values; the bound protects against invented ones. */
const NEGOTIATIONS_MAX = 100;

/** Chooses the encoding of a stored document. Caches negotiations and compresses popular documents with brotli. */
export class EncodingChoice {
  private readonly negotiated = lruCache<string, Negotiated>({ maxSize: NEGOTIATIONS_MAX });
  private readonly brotli = new BrotliForms();

  /** Undefined when the client accepts neither gzip nor plain bytes. */
  choose(acceptEncoding: string | undefined, document: StoredDocument): Encoded | undefined {
    const { encoding, brotli } = this.negotiate(acceptEncoding);
    const asBrotli = brotli ? this.brotli.of(document) : undefined;
    if (asBrotli !== undefined) return asBrotli;
    if (encoding === undefined) return undefined;
    return (encoding === "gzip" ? document.gzip : undefined) ?? document.identity;
  }

  private negotiate(header = ""): Negotiated {
    const known = this.negotiated.get(header);
    if (known !== undefined) return known;
    const made = { encoding: negotiateEncoding(header), brotli: prefersBrotli(header) };
    this.negotiated.set(header, made);
    return made;
  }
}
