import { familiarName, parseRepository } from "@/lib/extension/reference/repository";
import { withoutHidden } from "@/lib/extension/text/hidden-characters";
import { authorize } from "@/lib/identity/permissions";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { destination, refuseBrokenRelocations } from "@/lib/marketplace/entries/relocations";
import { publishChange } from "@/lib/marketplace/publishing/catalog-change";
import { recordDecision } from "@/lib/marketplace/rows/decision-row";
import { lockRepository, nameOf } from "@/lib/marketplace/rows/extension-row";
import { toJson } from "@/lib/marketplace/rows/json-columns";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import { type Extension, Prisma } from "@/lib/platform/prisma/client";

export type Deprecation = { message: string; replacement: string | null };

export type ChangeExtensionInput = {
  repository: string;
  /** Null: no longer deprecated. Deprecated extensions stay offered; pages and clients show the message. */
  deprecated?: Deprecation | null | undefined;
  /** The repository that replaces it, to which clients are redirected; null: none. */
  movedTo?: string | null | undefined;
  reason?: string | undefined;
};

export type ExtensionView = { repository: string; deprecated: Deprecation | null; movedTo: string | null };

/** Marks an extension as deprecated or moved, or reverts that; at least one of them. */
export async function changeExtension(ctx: Context, input: ChangeExtensionInput): Promise<ExtensionView> {
  return transact(ctx.db, async (tx) => {
    authorize(ctx.actor, "extension.change");
    const extension = await lockRepository(tx, parseRepository(input.repository));
    const change = await readChange(tx, ctx, input);
    const after = await tx.extension.update({ where: { id: extension.id }, data: columnsOf(change) });
    await publishChange(tx, ctx, extension.id, "change");
    if (change.movedTo !== undefined) await refuseBrokenRelocations(tx);
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
    throw new AppError("invalid_input", "No changes were requested.", {
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
  return {
    message: withoutHidden(message),
    replacement: replacement ? familiarName(parseRepository(replacement)) : null,
  };
}

function columnsOf({ deprecated, movedTo }: Change) {
  return {
    ...(deprecated === undefined ? {} : { deprecated: deprecated ? toJson(deprecated) : Prisma.DbNull }),
    ...(movedTo === undefined ? {} : { movedTo }),
  };
}

/** The audit action. */
function kindOf({ deprecated, movedTo }: Change): string {
  if (deprecated === undefined) return "extension.move";
  return movedTo === undefined ? "extension.deprecate" : "extension.change";
}

/** The fields of `extension` that the input names. */
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

/** The familiar name of the repository that it has moved to. */
export function movedToOf({ movedTo }: Pick<Extension, "movedTo">): string | null {
  return movedTo === null ? null : familiarName(parseRepository(movedTo));
}

/** `Extension.deprecated` is written by `changeExtension` alone. */
export function storedDeprecation(value: Prisma.JsonValue | null): Deprecation | null {
  return value as unknown as Deprecation | null;
}
