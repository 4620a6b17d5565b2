/** A page that was made with a placeholder for its nonce, and becomes a page of its own for each visitor. */

import { fillGzipSlots, gzipWithSlots } from "@/lib/process/page-cache/gzip-with-slots";
import { fillSlots, joinWithSlots, type SlottedBytes } from "@/lib/process/page-cache/template-slots";
import { NONCE_CHARACTERS } from "@/lib/process/pages/nonce";

export type NonceTemplate = { identity: SlottedBytes; gzip: SlottedBytes };

/**
 * In HTML, or in the description of the page that Next puts into a script as a JSON text. (Should Next cut that text
 * within a nonce, the browser's scripts see a placeholder there that no policy ever allowed.)
 */
const BEFORE_NONCE = /(?:[ \n]nonce="|\\"nonce\\":\\")$/;
const AFTER_NONCE = /^\\?"/;
const BEFORE_CHARACTERS = 16;

/** Undefined when the placeholder stands anywhere but in nonce attributes: then the page gives its nonce to readers. */
export function nonceTemplate(html: string, placeholder: string): NonceTemplate | undefined {
  const pieces = html.split(placeholder);
  const isOnlyInAttributes = pieces
    .slice(1)
    .every(
      (after, index) =>
        BEFORE_NONCE.test(pieces[index]?.slice(-BEFORE_CHARACTERS) ?? "") && AFTER_NONCE.test(after),
    );
  if (!isOnlyInAttributes) return undefined;
  const parts = pieces.map((piece) => Buffer.from(piece, "utf8"));
  return { identity: joinWithSlots(parts, NONCE_CHARACTERS), gzip: gzipWithSlots(parts, NONCE_CHARACTERS) };
}

/** The body of one answer. */
export function pageBody(
  { identity, gzip }: NonceTemplate,
  nonce: string,
  encoding: "identity" | "gzip",
): Buffer {
  return encoding === "gzip" ? fillGzipSlots(gzip, identity, nonce) : fillSlots(identity, nonce);
}

export function templateBytes({ identity, gzip }: NonceTemplate): number {
  return identity.bytes.byteLength + gzip.bytes.byteLength;
}
