import { hasHiddenCharacters, isBlank } from "@/lib/extension/text/hidden-characters";
import { AppError } from "@/lib/platform/errors";

const NAME_LENGTH_MAX = 100;

/** Line ends, and characters that fonts draw as they like. Joiners of scripts and emoji are part of a name. */
const NOT_IN_NAMES = /[\t\r\n\p{Co}\p{Cn}]/u;

/** What to call a user or a token: NFC, single spaces, 1 to 100 characters on one line. Throws `invalid_input`. */
export function parseName(text: string, field = "name"): string {
  const name = text.normalize("NFC").trim().replace(/ +/g, " ");
  const isVisible = !hasHiddenCharacters(name) && !NOT_IN_NAMES.test(name);
  if (!isBlank(name) && name.length <= NAME_LENGTH_MAX && isVisible) return name;
  const problem = isBlank(name)
    ? "The name is empty."
    : name.length > NAME_LENGTH_MAX
      ? `The name has ${name.length} characters, more than ${NAME_LENGTH_MAX}.`
      : "The name contains invisible characters.";
  throw new AppError("invalid_input", problem, {
    suggestion: `Enter a name of 1 to ${NAME_LENGTH_MAX} characters on one line.`,
    details: { field },
  });
}
