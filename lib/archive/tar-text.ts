/**
 * Archive names are bytes. Until a name is complete, it is text with one character (U+0000 to U+00FF) per byte, as in
 * Go's strings: prefixes are joined and PAX keys compared byte by byte.
 */

/** Bytes as text, one character per byte. */
export function byteText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/** The bytes of a field up to the first NUL, one character per byte. */
export function fieldText(block: Uint8Array, offset: number, length: number): string {
  const field = block.subarray(offset, offset + length);
  const end = field.indexOf(0);
  return byteText(end === -1 ? field : field.subarray(0, end));
}

/**
 * One well-formed UTF-8 sequence of two to four bytes (RFC 3629, section 4), or a single byte that is part of none.
 */
const SEQUENCE =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[\x80-\xff]/g;

/**
 * Decodes a name as UTF-8, including byte order marks. Bytes that are not UTF-8 become unpaired surrogates (U+DC80 to
 * U+DCFF, as in PEP 383), so that different bytes always give different names, and none equals valid text.
 */
export function decodeName(bytes: string): string {
  return bytes.replace(SEQUENCE, (found) =>
    found.length === 1
      ? String.fromCharCode(0xdc00 + found.charCodeAt(0))
      : Buffer.from(found, "latin1").toString("utf8"),
  );
}
