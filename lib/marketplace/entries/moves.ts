/** An extension that has moved to another repository: who may say so, and where it must not lead. */

import { followRelocations, MOVE_HOPS_MAX } from "@/lib/extension/offer/relocations";
import { familiarName, parseRepository, type Repository } from "@/lib/extension/reference/repository";
import type { Context } from "@/lib/journal/context";
import { entryStateAt } from "@/lib/marketplace/rows/entry-facts";
import type { Tx } from "@/lib/platform/db/database";
import { AppError } from "@/lib/platform/errors";

/**
 * The repository that `text` names, which has to be in force here. Nobody can prove yet that two repositories have one
 * owner, so that a reviewer answers for it, and only between repositories that were both approved.
 */
export async function destination(tx: Tx, ctx: Context, text: string): Promise<Repository> {
  const repository = parseRepository(text);
  const found = await tx.extension.findUnique({ where: { repository }, include: { entry: true } });
  if (found?.entry && entryStateAt(found.entry, ctx.clock.now()) === "active") return repository;
  throw new AppError("illegal_state", `${familiarName(repository)} is not in force on the allow-list.`, {
    suggestion: "Approve the new repository first, then let the old one point to it.",
  });
}

/**
 * Refuses a change that leaves somebody lost, here or upstream: moves that lead in a circle or over too many hops. Call
 * it after the change and after `touchCatalog`, whose lock lets one such change be looked at at a time.
 */
export async function refuseLostMoves(tx: Tx): Promise<void> {
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
  const what = why === "loop" ? "come back to it" : `go on for more than ${MOVE_HOPS_MAX} hops`;
  return new AppError("illegal_state", `The moves from ${name} would ${what}.`, {
    suggestion: "Let each old repository point to the one that is used now.",
    details: { repository: name, why },
  });
}
