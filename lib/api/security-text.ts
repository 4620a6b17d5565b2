import { singleton } from "@/lib/platform/singleton";

/** The security contacts of this instance, from `GANTRY_SECURITY_CONTACT`; empty means none. */
export const securityContacts = singleton<readonly string[]>("security-contacts");

/** How long the file is valid; readers distrust an expired one. RFC 9116 recommends less than a year. */
const VALID_DAYS = 90;
const DAY_MS = 86_400_000;

/** The text of `/.well-known/security.txt` (RFC 9116). It changes once a day. */
export function securityText(origin: string, contacts: readonly string[], now: Date): string {
  const today = Math.floor(now.getTime() / DAY_MS);
  const expires = new Date((today + VALID_DAYS) * DAY_MS).toISOString();
  return [
    ...contacts.map((contact) => `Contact: ${contact}`),
    `Expires: ${expires}`,
    `Canonical: ${origin}/.well-known/security.txt`,
    "",
  ].join("\n");
}
