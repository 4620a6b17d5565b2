import { AppError } from "@/lib/platform/errors";

const NAME_LENGTH_MAX = 100;

/** Control, format (also bidirectional) and private characters, line ends and lone surrogates. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/u;

/** What to call a user or a token: NFC, single spaces, 1 to 100 characters on one line. Throws `invalid_input`. */
export function parseName(text: string, field = "name"): string {
  const name = text.normalize("NFC").trim().replace(/ +/g, " ");
  if (name.length > 0 && name.length <= NAME_LENGTH_MAX && !INVISIBLE.test(name)) return name;
  const problem =
    name.length === 0
      ? "The name is empty."
      : name.length > NAME_LENGTH_MAX
        ? `The name has ${name.length} characters, more than ${NAME_LENGTH_MAX}.`
        : "The name contains invisible characters.";
  throw new AppError("invalid_input", problem, {
    suggestion: `Enter a name of 1 to ${NAME_LENGTH_MAX} characters on one line.`,
    details: { field },
  });
}
