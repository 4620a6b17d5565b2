import type { Brand } from "@/lib/extension/reference/brand";
import { AppError } from "@/lib/platform/errors";

/** NFC and lower case: each mailbox has exactly one spelling. */
export type Email = Brand<string, "Email">;

const EMAIL_LENGTH_MAX = 254;
const LOCAL_PART_LENGTH_MAX = 64;

/** No quoting, no comments, no lists; neither dots at the ends nor two in a row. */
const LOCAL_PART = /^(?!\.)(?!.*\.\.)(?!.*\.$)[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.-]+$/u;
const DOMAIN =
  /^(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?)(?:\.[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?)*$/u;

/** Throws `invalid_input` unless the text is exactly one plain mailbox. */
export function parseEmail(text: string): Email {
  const email = text.trim().normalize("NFC").toLowerCase().normalize("NFC");
  if (isEmail(email)) return email;
  throw new AppError("invalid_input", "This email address is not valid.", {
    suggestion: "Enter one address in the form name@example.org.",
    details: { field: "email" },
  });
}

/** Characters with a compatibility form (such as U+FF20) look like others, so they could name another person's mailbox. */
function isEmail(text: string): text is Email {
  if (text.length > EMAIL_LENGTH_MAX || text.normalize("NFKC") !== text) return false;
  const at = text.lastIndexOf("@");
  const local = text.slice(0, Math.max(at, 0));
  return local.length <= LOCAL_PART_LENGTH_MAX && LOCAL_PART.test(local) && DOMAIN.test(text.slice(at + 1));
}
