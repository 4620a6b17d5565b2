import type { Role } from "@/lib/journal/actor";

const RANK: Record<Role, number> = { suspended: 0, publisher: 1, reviewer: 2, admin: 3 };

/** Whether `role` is above `other`. An unknown role ranks below every other. */
export function outranks(role: Role | null | undefined, other: Role | null | undefined): boolean {
  return rankOf(role) > rankOf(other);
}

export function higherRole(role: Role | null | undefined, other: Role | null | undefined): Role | null {
  return (outranks(other, role) ? other : role) ?? null;
}

function rankOf(role: Role | null | undefined): number {
  return role ? RANK[role] : -1;
}
