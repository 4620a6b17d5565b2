import type { UserActor } from "@/lib/identity/sessions/read-session";
import type { Context } from "@/lib/journal/context";
import { AppError } from "@/lib/platform/errors";

/** Whoever is signed in; sessions and names are a person's own affair, so a token is not enough. */
export function signedInPerson({ actor }: Context): UserActor {
  if (actor.kind === "user") return actor;
  throw new AppError(
    actor.kind === "anonymous" ? "unauthenticated" : "forbidden",
    "Only a signed-in person can do this.",
    { suggestion: "Sign in with the browser and use the account page." },
  );
}
