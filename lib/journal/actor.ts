/** The actor: who calls a core function. Every function that writes gets one explicitly; none reads a session itself. */

export const ROLES = ["admin", "reviewer", "publisher", "suspended"] as const;
export type Role = (typeof ROLES)[number];

export const SCOPES = [
  "submissions",
  "review",
  "allow-list",
  "versions",
  "scan",
  "audit:read",
  "admin",
] as const;
/** What an API token may be used for, at most; its user's role still limits it. */
export type Scope = (typeof SCOPES)[number];

/** How the person behind a session proved who they are. */
export type SignInMethod = "password" | "invitation" | "setup";
/** The last time they did, in this session. */
export type SignIn = { method: SignInMethod; at: Date };

export type Actor =
  | { kind: "user"; userId: string; name: string; role: Role; sessionId: string; signIn: SignIn }
  | { kind: "token"; userId: string; name: string; role: Role; tokenId: string; scopes: readonly Scope[] }
  /** A job or the setup itself; may do what its caller decided. */
  | { kind: "system"; name: string }
  | { kind: "anonymous" };

export const ANONYMOUS: Actor = { kind: "anonymous" };

export function systemActor(name: string): Actor {
  return { kind: "system", name };
}

/** The user behind an actor, if there is one. */
export function actorUserId(actor: Actor): string | undefined {
  return actor.kind === "user" || actor.kind === "token" ? actor.userId : undefined;
}

export function actorName(actor: Actor): string {
  return actor.kind === "anonymous" ? "anonymous" : actor.name;
}

export function actorRole(actor: Actor): Role | undefined {
  return actor.kind === "user" || actor.kind === "token" ? actor.role : undefined;
}
