import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { type Encoded, encodedForm, type StoredDocument } from "@/lib/catalog/encoding/stored-document";

const compress = promisify(brotliCompress);

const BYTES_MIN = 1_024;
/** Larger documents are served as gzip only. */
const BYTES_MAX = 4 * 1024 * 1024;
const AT_ONCE_MAX = 2;
const OPTIONS = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

type Form = "asked" | "making" | "none" | Encoded;

/**
 * Caches brotli encodings of documents. Each is compressed in the thread pool on its second request. Until then, and
 * where brotli is not smaller than gzip, the other encodings are served.
 */
export class BrotliForms {
  private readonly forms = new WeakMap<StoredDocument, Form>();
  private making = 0;

  of(document: StoredDocument): Encoded | undefined {
    const form = this.forms.get(document);
    if (typeof form === "object") return form;
    const { byteLength } = document.identity.bytes;
    if (form === undefined)
      this.forms.set(document, byteLength < BYTES_MIN || byteLength > BYTES_MAX ? "none" : "asked");
    if (form === "asked" && this.making < AT_ONCE_MAX) void this.make(document);
    return undefined;
  }

  private async make(document: StoredDocument): Promise<void> {
    this.forms.set(document, "making");
    this.making += 1;
    const bytes = await compress(document.identity.bytes, OPTIONS).finally(() => {
      this.making -= 1;
    });
    const best = (document.gzip ?? document.identity).bytes.byteLength;
    this.forms.set(document, bytes.byteLength < best ? encodedForm(Buffer.from(bytes)) : "none");
  }
}
