/** Whether the registry still shows what is listed. What was accepted stays listed by its digest, with a warning. */

import { isUnavailable, type Refusal, refusalText } from "@/lib/extension/reachability/availability";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { appendMessage } from "@/lib/journal/outbox";
import { publishChange } from "@/lib/marketplace/publishing/catalog-change";
import { nameOf } from "@/lib/marketplace/rows/extension-row";
import type { Tx } from "@/lib/platform/db/database";
import type { Extension } from "@/lib/platform/prisma/client";

/** `since`: when the registry first refused. */
export type Unavailable = { reason: Refusal; since: string };

type RefusalColumns = Pick<Extension, "refusal" | "refusedSince" | "refusals" | "unavailableSince">;

/** Null while the repository counts as available. */
export function unavailableOf({
  refusal,
  refusedSince,
  unavailableSince,
}: RefusalColumns): Unavailable | null {
  if (refusal === null || refusedSince === null || unavailableSince === null) return null;
  return { reason: refusal, since: refusedSince.toISOString() };
}

/** For its publisher, reviewers and admins. `public`: it has lasted long enough that visitors see it too. */
export type UnavailabilityView = { message: string; since: string; times: number; public: boolean };

/** Null while the registry shows the repository. */
export function viewUnavailability({
  refusal,
  refusedSince,
  refusals,
  unavailableSince,
}: RefusalColumns): UnavailabilityView | null {
  if (refusal === null || refusedSince === null) return null;
  const told = unavailableSince !== null;
  return { message: refusalText(refusal), since: refusedSince.toISOString(), times: refusals, public: told };
}

/** For a query that selects columns. */
export const AVAILABILITY_COLUMNS = {
  refusal: true,
  refusedSince: true,
  refusals: true,
  unavailableSince: true,
} as const satisfies Record<keyof RefusalColumns, true>;

/** Records that the registry showed the repository, or denied access to it. The extension is locked. */
export async function recordAvailability(
  tx: Tx,
  ctx: Context,
  extension: Extension,
  refusal: Refusal | undefined,
): Promise<void> {
  const before = unavailableOf(extension);
  const columns = refusal === undefined ? AVAILABLE : refused(extension, refusal, ctx.clock.now());
  if (refusal === undefined && extension.refusals === 0) return;
  await tx.extension.update({ where: { id: extension.id }, data: columns });
  const after = unavailableOf(columns);
  if (before?.reason === after?.reason) return;
  await publishChange(tx, ctx, extension.id, "scan");
  const action = after === null ? "extension.available" : "extension.unavailable";
  await appendMessage(tx, {
    kind: action,
    payload: { repository: extension.repository, ...after },
  });
  await appendAudit(tx, ctx, {
    action,
    subject: { kind: "extension", id: nameOf(extension) },
    before: { unavailable: before },
    after: { unavailable: after },
  });
}

const AVAILABLE: RefusalColumns = { refusal: null, refusedSince: null, refusals: 0, unavailableSince: null };

function refused(extension: Extension, refusal: Refusal, now: Date): RefusalColumns {
  const refusals = extension.refusals + 1;
  const refusedSince = extension.refusedSince ?? now;
  const isNow = isUnavailable({ latest: refusal, times: refusals, since: refusedSince }, now);
  const unavailableSince = extension.unavailableSince ?? (isNow ? now : null);
  return { refusal, refusedSince, refusals, unavailableSince };
}
