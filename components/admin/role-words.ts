import type { Role } from "@/lib/journal/actor";

export const ROLE_WORDS: Record<Role, string> = {
  admin: "Admin",
  reviewer: "Reviewer",
  publisher: "Publisher",
  suspended: "Suspended",
};

/** The roles that can be given, the least first. */
export const ROLE_OPTIONS = [
  { value: "publisher", label: "Publisher: submits extensions" },
  { value: "reviewer", label: "Reviewer: also decides" },
  { value: "admin", label: "Admin: also people and policy" },
] as const;
