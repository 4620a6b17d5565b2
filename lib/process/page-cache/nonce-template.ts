/** Nonce template: a page rendered with a placeholder for its nonce, which each response fills with a fresh one. */

import { fillGzipSlots, gzipWithSlots } from "@/lib/process/page-cache/gzip-with-slots";
import { fillSlots, joinWithSlots, type SlottedBytes } from "@/lib/process/page-cache/template-slots";
import { NONCE_CHARACTERS } from "@/lib/process/pages/nonce";

export type NonceTemplate = { identity: SlottedBytes; gzip: SlottedBytes };

/**
 * The nonce occurs in HTML attributes and in the page description that Next embeds in a script as JSON. (If Next split
 * that JSON inside a nonce, the browser's scripts would see a placeholder that no policy ever allowed.)
 */
const BEFORE_NONCE = /(?:[ \n]nonce="|\\"nonce\\":\\")$/;
const AFTER_NONCE = /^\\?"/;
const BEFORE_CHARACTERS = 16;

/**
 * Undefined when the placeholder occurs outside nonce attributes, because such a page would reveal its nonce to
 * scripts.
 */
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

/** The body of one response. */
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
