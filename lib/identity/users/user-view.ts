import type { Role } from "@/lib/journal/actor";
import type { User } from "@/lib/platform/prisma/client";

/** An account as admins see it; never the hash of its password. */
export type UserView = {
  id: string;
  email: string;
  name: string;
  role: Role;
  /** `invited`: has no password yet. */
  state: "active" | "invited" | "suspended";
  createdAt: Date;
};

export function userView(user: User): UserView {
  const { id, email, name, role, createdAt } = user;
  return { id, email, name, role, state: stateOf(user), createdAt };
}

function stateOf(user: User): UserView["state"] {
  if (user.role === "suspended") return "suspended";
  return user.passwordHash === null ? "invited" : "active";
}
