import type { Role } from "@/lib/journal/actor";

/** Whom a page's frame is for. */
export type Account =
  | { kind: "anonymous" }
  | { kind: "user"; name: string; role: Role }
  /** The database is away, so nobody can tell. */
  | { kind: "unknown" };

/** Whether the review console is theirs. */
export function reviews(account: Account): boolean {
  return account.kind === "user" && (account.role === "admin" || account.role === "reviewer");
}
