import { familiarName, parseRepository } from "@/lib/extension/repository";
import { authorise } from "@/lib/identity/permissions";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { touchCatalog } from "@/lib/marketplace/catalog-change";
import { recordDecision } from "@/lib/marketplace/decision-row";
import { nameOf } from "@/lib/marketplace/extension-name";
import { lockRepository } from "@/lib/marketplace/extension-row";
import { toJson } from "@/lib/marketplace/stored";
import { transact } from "@/lib/platform/db/transact";
import { Prisma } from "@/lib/platform/prisma/client";

export type Deprecation = { message: string; replacement: string | null };

export type ExtensionView = { repository: string; deprecated: Deprecation | null };

/** Marks an extension as deprecated (null: no longer). It stays offered; the pages and clients show the words. */
export async function changeExtension(
  ctx: Context,
  input: { repository: string; deprecated: Deprecation | null; reason?: string | undefined },
): Promise<ExtensionView> {
  return transact(ctx.db, async (tx) => {
    authorise(ctx.actor, "extension.change");
    const extension = await lockRepository(tx, parseRepository(input.repository));
    const repository = nameOf(extension);
    const replacement = input.deprecated?.replacement
      ? familiarName(parseRepository(input.deprecated.replacement))
      : null;
    const deprecated = input.deprecated ? { message: input.deprecated.message, replacement } : null;
    await tx.extension.update({
      where: { id: extension.id },
      data: { deprecated: deprecated ? toJson(deprecated) : Prisma.DbNull },
    });
    await touchCatalog(tx, ctx, extension.id, "deprecate");
    await recordDecision(tx, ctx, {
      extensionId: extension.id,
      kind: "extension.deprecate",
      reason: input.reason,
      data: { deprecated },
    });
    await appendAudit(tx, ctx, {
      action: "extension.deprecate",
      subject: { kind: "extension", id: repository },
      before: { deprecated: extension.deprecated },
      after: { deprecated },
      reason: input.reason,
    });
    return { repository, deprecated };
  });
}

/** `Extension.deprecated` is written by `changeExtension` alone. */
export function storedDeprecation(value: Prisma.JsonValue | null): Deprecation | null {
  return value as unknown as Deprecation | null;
}
