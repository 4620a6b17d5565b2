import type { Role } from "@/lib/journal/actor";

export const ROLE_LABELS: Record<Role, string> = {
  admin: "Admin",
  reviewer: "Reviewer",
  publisher: "Publisher",
  suspended: "Suspended",
};

/** Whose decision stands, and who can lift it. */
export function liftedBy(role: Role): string {
  return role === "admin" ? "An admin; only an admin can lift it." : ROLE_LABELS[role];
}

/** The roles that can be given, the least first. */
export const ROLE_OPTIONS = [
  { value: "publisher", label: "Publisher: submits extensions" },
  { value: "reviewer", label: "Reviewer: also decides" },
  { value: "admin", label: "Admin: also people and policy" },
] as const;
