import { familiarName, parseRepository } from "@/lib/extension/reference/repository";
import { authorise } from "@/lib/identity/permissions";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { destination, refuseLostMoves } from "@/lib/marketplace/entries/moves";
import { touchCatalog } from "@/lib/marketplace/publishing/catalog-change";
import { recordDecision } from "@/lib/marketplace/rows/decision-row";
import { nameOf } from "@/lib/marketplace/rows/extension-name";
import { lockRepository } from "@/lib/marketplace/rows/extension-row";
import { toJson } from "@/lib/marketplace/rows/stored";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import { type Extension, Prisma } from "@/lib/platform/prisma/client";

export type Deprecation = { message: string; replacement: string | null };

export type ChangeExtensionInput = {
  repository: string;
  /** Null: no longer deprecated. It stays offered either way; pages and clients show the words. */
  deprecated?: Deprecation | null | undefined;
  /** The repository that takes its place; null: it stays where it is. Clients are led there. */
  movedTo?: string | null | undefined;
  reason?: string | undefined;
};

export type ExtensionView = { repository: string; deprecated: Deprecation | null; movedTo: string | null };

/** Says of an extension that it is deprecated, that it has moved, or takes that back; at least one of them. */
export async function changeExtension(ctx: Context, input: ChangeExtensionInput): Promise<ExtensionView> {
  return transact(ctx.db, async (tx) => {
    authorise(ctx.actor, "extension.change");
    const extension = await lockRepository(tx, parseRepository(input.repository));
    const change = await readChange(tx, ctx, input);
    const after = await tx.extension.update({ where: { id: extension.id }, data: columnsOf(change) });
    await touchCatalog(tx, ctx, extension.id, "change");
    if (change.movedTo !== undefined) await refuseLostMoves(tx);
    const kind = kindOf(input);
    const { reason } = input;
    await recordDecision(tx, ctx, { extensionId: extension.id, kind, reason, data: changed(after, input) });
    await appendAudit(tx, ctx, {
      action: kind,
      subject: { kind: "extension", id: nameOf(extension) },
      before: changed(extension, input),
      after: changed(after, input),
      reason,
    });
    return viewOf(after);
  });
}

type Change = Pick<ChangeExtensionInput, "deprecated" | "movedTo">;

async function readChange(tx: Tx, ctx: Context, { deprecated, movedTo }: Change): Promise<Change> {
  if (deprecated === undefined && movedTo === undefined) {
    throw new AppError("invalid_input", "There is nothing to change.", {
      suggestion: "Change at least one field.",
      apiHint: "Send deprecated or movedTo.",
    });
  }
  return {
    deprecated: deprecated ? withPlainName(deprecated) : deprecated,
    movedTo: movedTo ? await destination(tx, ctx, movedTo) : movedTo,
  };
}

function withPlainName({ message, replacement }: Deprecation): Deprecation {
  return { message, replacement: replacement ? familiarName(parseRepository(replacement)) : null };
}

function columnsOf({ deprecated, movedTo }: Change) {
  return {
    ...(deprecated === undefined ? {} : { deprecated: deprecated ? toJson(deprecated) : Prisma.DbNull }),
    ...(movedTo === undefined ? {} : { movedTo }),
  };
}

/** The verb in the journal. */
function kindOf({ deprecated, movedTo }: Change): string {
  if (deprecated === undefined) return "extension.move";
  return movedTo === undefined ? "extension.deprecate" : "extension.change";
}

/** What the input speaks of, as `extension` has it. */
function changed(extension: Extension, input: Change): Partial<Omit<ExtensionView, "repository">> {
  const { deprecated, movedTo } = viewOf(extension);
  return {
    ...(input.deprecated === undefined ? {} : { deprecated }),
    ...(input.movedTo === undefined ? {} : { movedTo }),
  };
}

function viewOf(extension: Extension): ExtensionView {
  return {
    repository: nameOf(extension),
    deprecated: storedDeprecation(extension.deprecated),
    movedTo: movedToOf(extension),
  };
}

/** The familiar name of where it has moved. */
export function movedToOf({ movedTo }: Pick<Extension, "movedTo">): string | null {
  return movedTo === null ? null : familiarName(parseRepository(movedTo));
}

/** `Extension.deprecated` is written by `changeExtension` alone. */
export function storedDeprecation(value: Prisma.JsonValue | null): Deprecation | null {
  return value as unknown as Deprecation | null;
}
