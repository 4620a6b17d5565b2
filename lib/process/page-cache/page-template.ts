/** A page that was made with a placeholder for its nonce, and becomes a page of its own for each visitor. */

import { filledGzip, gzipAround } from "@/lib/process/page-cache/gzip-around";
import { filled, type Holed, joinAround } from "@/lib/process/page-cache/holed";
import { NONCE_CHARACTERS } from "@/lib/process/pages/nonce";

export type PageTemplate = { identity: Holed; gzip: Holed };

/**
 * In HTML, or in the description of the page that Next puts into a script as a JSON text. (Should Next cut that text
 * within a nonce, the browser's scripts see a placeholder there that no policy ever allowed.)
 */
const BEFORE_NONCE = /(?:[ \n]nonce="|\\"nonce\\":\\")$/;
const AFTER_NONCE = /^\\?"/;
const BEFORE_CHARACTERS = 16;

/** Undefined when the placeholder stands anywhere but in nonce attributes: then the page gives its nonce to readers. */
export function pageTemplate(html: string, placeholder: string): PageTemplate | undefined {
  const pieces = html.split(placeholder);
  const isOnlyInAttributes = pieces
    .slice(1)
    .every(
      (after, index) =>
        BEFORE_NONCE.test(pieces[index]?.slice(-BEFORE_CHARACTERS) ?? "") && AFTER_NONCE.test(after),
    );
  if (!isOnlyInAttributes) return undefined;
  const parts = pieces.map((piece) => Buffer.from(piece, "utf8"));
  return { identity: joinAround(parts, NONCE_CHARACTERS), gzip: gzipAround(parts, NONCE_CHARACTERS) };
}

/** The body of one answer. */
export function pageBody(
  { identity, gzip }: PageTemplate,
  nonce: string,
  encoding: "identity" | "gzip",
): Buffer {
  return encoding === "gzip" ? filledGzip(gzip, identity, nonce) : filled(identity, nonce);
}

export function templateBytes({ identity, gzip }: PageTemplate): number {
  return identity.bytes.byteLength + gzip.bytes.byteLength;
}
