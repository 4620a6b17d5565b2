/** Relocations: extensions that have moved to another repository, without loops and long chains. */

import { followRelocations, MOVE_HOPS_MAX } from "@/lib/extension/offer/relocations";
import { familiarName, parseRepository, type Repository } from "@/lib/extension/reference/repository";
import type { Context } from "@/lib/journal/context";
import { entryStateAt } from "@/lib/marketplace/rows/entry-facts";
import type { Tx } from "@/lib/platform/db/database";
import { AppError } from "@/lib/platform/errors";

/**
 * The repository that `text` names; it must be in force here. Gantry cannot verify yet that two repositories have one
 * owner, so a reviewer decides, and only between approved repositories.
 */
export async function destination(tx: Tx, ctx: Context, text: string): Promise<Repository> {
  const repository = parseRepository(text);
  const found = await tx.extension.findUnique({ where: { repository }, include: { entry: true } });
  if (found?.entry && entryStateAt(found.entry, ctx.clock.now()) === "active") return repository;
  throw new AppError("illegal_state", `${familiarName(repository)} is not active on the allow-list.`, {
    suggestion: "Approve the new repository first, then point the old one to it.",
  });
}

/**
 * Throws for relocations that form a loop or need too many hops, including those of other extensions. Call it after the
 * change and after `publishChange`, whose lock serializes such changes.
 */
export async function refuseBrokenRelocations(tx: Tx): Promise<void> {
  const rows = await tx.extension.findMany({
    where: { movedTo: { not: null } },
    select: { repository: true, movedTo: true },
  });
  const movedTo = new Map(rows.map((row) => [row.repository, row.movedTo]));
  for (const { repository } of rows) {
    const journey = followRelocations(repository, (at) => movedTo.get(at));
    if (journey.kind === "lost") throw lost(repository, journey.why);
  }
}

function lost(repository: string, why: "loop" | "too_far"): AppError {
  const name = familiarName(parseRepository(repository));
  const what = why === "loop" ? "lead back to it" : `form a chain of more than ${MOVE_HOPS_MAX} moves`;
  return new AppError("illegal_state", `The moves from ${name} would ${what}.`, {
    suggestion: "Point each old repository directly to the current one.",
    details: { repository: name, why },
  });
}
