import type { UserActor } from "@/lib/identity/sessions/read-session";
import type { Context } from "@/lib/journal/context";
import { AppError } from "@/lib/platform/errors";

/** The signed-in person. Tokens are rejected, because only a person manages their sessions and name. */
export function signedInPerson({ actor }: Context): UserActor {
  if (actor.kind === "user") return actor;
  throw new AppError(
    actor.kind === "anonymous" ? "unauthenticated" : "forbidden",
    "This requires a browser session.",
    { suggestion: "Sign in with a browser and use the account page." },
  );
}
