import { familiarName, parseRepository, type Repository } from "@/lib/extension/reference/repository";
import { shareBlocks } from "@/lib/marketplace/rows/blocks-lock";
import type { Tx } from "@/lib/platform/db/database";
import { AppError } from "@/lib/platform/errors";
import type { Extension } from "@/lib/platform/prisma/client";

/**
 * The extension's row, locked until the transaction ends. Every write about an extension takes this lock first,
 * so writes about one extension happen one after the other, and none of them during a change of the blocks.
 */
export async function lockExtension(tx: Tx, id: string): Promise<Extension> {
  await shareBlocks(tx);
  await tx.$queryRaw`SELECT 1 FROM "Extension" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.extension.findUniqueOrThrow({ where: { id } });
}

/** The same by name; throws `not_found` for a repository that Gantry does not know. */
export async function lockRepository(tx: Tx, repository: Repository): Promise<Extension> {
  const known = await tx.extension.findUnique({ where: { repository }, select: { id: true } });
  if (known) return lockExtension(tx, known.id);
  throw new AppError("not_found", `Gantry has no extension ${familiarName(repository)}.`, {
    suggestion: "Check the spelling, or submit the repository first.",
  });
}

/** The row for this repository, created when it is missing, and locked. */
export async function ensureExtension(tx: Tx, repository: Repository): Promise<Extension> {
  await tx.extension.createMany({ data: [{ repository }], skipDuplicates: true });
  return lockRepository(tx, repository);
}

/** The name that people and clients use for an extension's row; the row itself keeps the canonical one. */
export function nameOf(extension: { repository: string }): string {
  return familiarName(parseRepository(extension.repository));
}
