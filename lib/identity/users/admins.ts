/** Whatever makes or unmakes an admin takes this lock first, so that two at once cannot both see the state before. */

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
  throw new AppError(
    "last_admin",
    "This is the last admin, and without one nobody could manage this Gantry.",
    {
      suggestion: "Make somebody else admin first.",
    },
  );
}
