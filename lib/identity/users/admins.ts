/** Every operation that promotes or demotes an admin takes this lock first, so that two cannot see the same previous state. */

import { lockExclusively } from "@/lib/platform/db/advisory-locks";
import type { Tx } from "@/lib/platform/db/database";
import { AppError } from "@/lib/platform/errors";

export async function lockAdmins(tx: Tx): Promise<void> {
  await lockExclusively(tx, "admins");
}

/** Someone must be able to sign in as admin after `userId` no longer can; an open invitation does not count. */
export async function requireAnotherAdmin(tx: Tx, userId: string): Promise<void> {
  const others = await tx.user.count({
    where: { role: "admin", passwordHash: { not: null }, id: { not: userId } },
  });
  if (others > 0) return;
  throw new AppError("last_admin", "This is the last admin, and Gantry needs at least one.", {
    suggestion: "Make another person admin first.",
  });
}
