import { outranks } from "@/lib/identity/role-rank";
import { actorRole, type Role } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import { AppError } from "@/lib/platform/errors";

/** What a person decided, and the role that decided it; null when no person did. */
export type Standing = { what: string; decidedBy: Role | null };

/** Throws `higher_role_decision`: no one lifts what a higher role decided. Jobs act for a person whose role was checked. */
export function refuseHigherDecision(
  ctx: Pick<Context, "actor">,
  { what, decidedBy }: Standing,
  role: Role | undefined = actorRole(ctx.actor),
): void {
  if (!role || !decidedBy || !outranks(decidedBy, role)) return;
  throw new AppError("higher_role_decision", `${what} by someone with the role ${decidedBy}.`, {
    suggestion: `Ask someone with the role ${decidedBy}.`,
    details: { decidedBy },
  });
}
