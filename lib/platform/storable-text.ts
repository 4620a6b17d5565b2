/** U+0000, or half of a surrogate pair without the other half. */
const NOT_STORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The text as PostgreSQL can hold it: what no column takes, and strangers may send, becomes U+FFFD. */
export function storableText(text: string): string {
  return text.replace(NOT_STORABLE, "\ufffd");
}
