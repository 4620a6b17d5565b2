/** Records the result of a re-inspection. A registry that does not respond changes nothing. */

import { INSPECTOR_VERSION } from "@/lib/inspection/inspector-version";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { appendMessage } from "@/lib/journal/outbox";
import { holdVersions } from "@/lib/marketplace/inspections/hold-versions";
import type { Inspected } from "@/lib/marketplace/inspections/inspection-row";
import { confirmedBy, replaceReport } from "@/lib/marketplace/inspections/replace-report";
import { publishChange } from "@/lib/marketplace/publishing/catalog-change";
import { lockExtension, nameOf } from "@/lib/marketplace/rows/extension-row";
import { type StoredError, toJson } from "@/lib/marketplace/rows/json-columns";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import type { Extension, Inspection } from "@/lib/platform/prisma/client";

export type ReinspectionOutcome =
  | { kind: "inspected"; inspected: Inspected }
  /** The image exceeds a limit of this inspector, so every retry would fail as well. */
  | { kind: "refused"; error: StoredError }
  /** The registry, the network or Gantry failed. `everyImage`: the extension's other images would meet the same. */
  | { kind: "failed"; error: StoredError; retryAt: Date; everyImage: boolean }
  /** The host of the registry is rate-limited until then, as another scan learned. */
  | { kind: "postponed"; until: Date };

/** Does nothing when another process was faster. */
export async function recordReinspection(
  ctx: Context,
  { inspectionId, outcome }: { inspectionId: string; outcome: ReinspectionOutcome },
): Promise<void> {
  await transact(ctx.db, async (tx) => {
    const found = await tx.inspection.findUnique({
      where: { id: inspectionId },
      select: { extensionId: true },
    });
    if (!found) return;
    const extension = await lockExtension(tx, found.extensionId);
    const known = await tx.inspection.findUniqueOrThrow({ where: { id: inspectionId } });
    if (known.inspectorVersion >= INSPECTOR_VERSION) return;
    switch (outcome.kind) {
      case "inspected":
        await replaceReport(tx, ctx, extension, known, outcome.inspected);
        return;
      case "refused":
        return recordRefusal(tx, ctx, extension, known, outcome.error);
      case "failed":
        return recordFailure(tx, known, outcome);
      case "postponed":
        return postpone(tx, known, outcome.until);
    }
  });
}

/** Fails closed: a version that the newer rules refuse to read is held. The old report stays for reviewers. */
async function recordRefusal(
  tx: Tx,
  ctx: Context,
  extension: Extension,
  known: Inspection,
  error: StoredError,
): Promise<void> {
  const data = {
    ...confirmedBy(known, INSPECTOR_VERSION),
    reinspectError: toJson(error),
    changedBy: INSPECTOR_VERSION,
  };
  await tx.inspection.update({ where: { id: known.id }, data });
  const reasons = [`it exceeds an inspection limit (${error.message.replace(/\.$/, "")})`];
  const held = await holdVersions(tx, extension, { inspection: known, reasons });
  if (held.length === 0) return;
  await publishChange(tx, ctx, extension.id, "reinspection");
  const payload = { repository: extension.repository, held: toJson(held), listed: [] };
  await appendMessage(tx, { kind: "versions.reinspected", payload });
  await appendAudit(tx, ctx, {
    action: "inspection.refuse",
    subject: { kind: "extension", id: nameOf(extension) },
    before: { inspectorVersion: known.inspectorVersion },
    after: { inspectorVersion: INSPECTOR_VERSION, digest: known.digest, held: held.map(({ tag }) => tag) },
    reason: error.message,
  });
}

async function recordFailure(
  tx: Tx,
  known: Inspection,
  { error, retryAt, everyImage }: Extract<ReinspectionOutcome, { kind: "failed" }>,
): Promise<void> {
  if (everyImage) await postpone(tx, known, retryAt);
  await tx.inspection.update({
    where: { id: known.id },
    data: { reinspectAt: retryAt, reinspectFailures: { increment: 1 }, reinspectError: toJson(error) },
  });
}

/** All images of the extension that are still to be inspected again. */
async function postpone(tx: Tx, { extensionId }: Inspection, until: Date): Promise<void> {
  await tx.inspection.updateMany({
    where: { extensionId, inspectorVersion: { lt: INSPECTOR_VERSION } },
    data: { reinspectAt: until },
  });
}
