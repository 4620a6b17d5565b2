import { type AppError, AppError as Failure, isAppError } from "@/lib/platform/errors";
import type { RegistryCredentials } from "@/lib/registry/registry-credentials";

/** Shorter secrets occur in ordinary words. */
const SECRET_CHARACTERS_MIN = 4;
const REDACTED = "[redacted]";

/** The same error without the password, in case the registry put it into a host name or a header that Gantry quotes. */
export function withoutSecrets(error: unknown, credentials: RegistryCredentials | undefined): unknown {
  if (credentials === undefined || !isAppError(error)) return error;
  const spellings = spellingsOf(credentials);
  const clean = (text: string) => spellings.reduce((left, secret) => without(left, secret), text);
  const texts = [error.message, error.suggestion, JSON.stringify(error.details ?? {})];
  return texts.every((text) => clean(text) === text) ? error : rewritten(error, clean);
}

/** Without the cause, whose texts could have it, too. */
function rewritten(error: AppError, clean: (text: string) => string): AppError {
  const { code, message, suggestion, retryable, retryAfterSeconds } = error;
  return new Failure(code, clean(message), {
    suggestion: clean(suggestion),
    retryable,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    details: Object.fromEntries(
      Object.entries(error.details ?? {})
        .filter(isShort)
        .map(([name, value]) => [name, cleaned(value, clean)]),
    ),
  });
}

/** Lists are texts of the registry. */
function isShort([, value]: [string, unknown]): boolean {
  return typeof value !== "object";
}

function cleaned(value: unknown, clean: (text: string) => string): unknown {
  return typeof value === "string" ? clean(value) : value;
}

/** As it is, and as requests carry it. */
function spellingsOf({ username, password }: RegistryCredentials): string[] {
  const base64 = (text: string) => Buffer.from(text).toString("base64").replace(/=+$/, "");
  return [password, encodeURIComponent(password), base64(password), base64(`${username}:${password}`)]
    .filter((secret) => secret.length >= SECRET_CHARACTERS_MIN)
    .map((secret) => secret.toLowerCase());
}

/** Ignores case, because host names lose it. */
function without(text: string, secret: string): string {
  const at = text.toLowerCase().indexOf(secret);
  if (at === -1) return text;
  return `${text.slice(0, at)}${REDACTED}${without(text.slice(at + secret.length), secret)}`;
}
