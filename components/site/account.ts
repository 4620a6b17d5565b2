import type { Role } from "@/lib/journal/actor";

/** The account that the page's header shows. */
export type Account =
  | { kind: "anonymous" }
  | { kind: "user"; name: string; role: Role }
  /** Unknown while the database is unavailable. */
  | { kind: "unknown" };

/** Whether the account can open the review console. */
export function reviews(account: Account): boolean {
  return account.kind === "user" && (account.role === "admin" || account.role === "reviewer");
}
