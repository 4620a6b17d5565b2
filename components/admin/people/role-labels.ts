import type { Role } from "@/lib/journal/actor";

export const ROLE_LABELS: Record<Role, string> = {
  admin: "Admin",
  reviewer: "Reviewer",
  publisher: "Publisher",
  suspended: "Suspended",
};

/** The role that decided, and who can reverse it. */
export function deciderLabel(role: Role): string {
  return role === "admin" ? "An admin (only admins can reverse it)" : ROLE_LABELS[role];
}

/** The roles that admins can assign, least powerful first. */
export const ROLE_OPTIONS = [
  { value: "publisher", label: "Publisher: can submit extensions" },
  { value: "reviewer", label: "Reviewer: can approve and decline" },
  { value: "admin", label: "Admin: can also manage people and policy" },
] as const;
