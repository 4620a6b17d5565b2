/** Local passwords: what is accepted, and argon2id. Hashing costs tens of milliseconds, so it never runs in a transaction. */

import { hash, verify } from "@node-rs/argon2";
import { AppError } from "@/lib/platform/errors";

const PASSWORD_LENGTH_MIN = 12;
const PASSWORD_LENGTH_MAX = 256;

/** OWASP's first choice for argon2id, which is the library's default algorithm. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The hash of a discarded random password. It costs the same, so that an unknown account takes equally long. */
const NOBODYS_HASH =
  "$argon2id$v=19$m=19456,t=2,p=1$M3K8zOsTktOrH/DYQS5oKA$KI3ydgavEyPI2uESh/Yn7mapZ9HVIG7IifVY16nz3DI";

/** Throws `invalid_input` for a password that is too short, too long, or the person's own name or address. */
export function checkPassword(password: string, owner: { email: string; name: string }): void {
  const problem = problemOf(password, owner);
  if (problem === undefined) return;
  throw new AppError("invalid_input", problem, {
    suggestion: `Choose a password of ${PASSWORD_LENGTH_MIN} to ${PASSWORD_LENGTH_MAX} characters. A few unrelated words work well.`,
    details: { field: "password" },
  });
}

function problemOf(password: string, owner: { email: string; name: string }): string | undefined {
  const { length } = password;
  if (length < PASSWORD_LENGTH_MIN) return `The password has fewer than ${PASSWORD_LENGTH_MIN} characters.`;
  if (length > PASSWORD_LENGTH_MAX) return `The password has more than ${PASSWORD_LENGTH_MAX} characters.`;
  const plain = password.normalize("NFC").trim().toLowerCase();
  if (plain === owner.email || plain === owner.name.toLowerCase())
    return "The password is the same as the name or the email address.";
  if (new Set(plain).size === 1) return "The password is one character repeated.";
  return undefined;
}

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFC"), COST);
}

/** Takes the same time whether or not there is a hash to compare with. */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  const candidate = password.length <= PASSWORD_LENGTH_MAX ? password.normalize("NFC") : "";
  const matches = await verify(passwordHash ?? NOBODYS_HASH, candidate);
  return passwordHash !== undefined && candidate !== "" && matches;
}
