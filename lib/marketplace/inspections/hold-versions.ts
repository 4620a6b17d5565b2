import { isApproved } from "@/lib/extension/capabilities/envelope";
import { nextVisibility } from "@/lib/extension/states/version";
import {
  storedEnvelope,
  storedReason,
  toJson,
  type VisibilityReason,
} from "@/lib/marketplace/rows/json-columns";
import type { Tx } from "@/lib/platform/db/database";
import type { Extension, Inspection, Version } from "@/lib/platform/prisma/client";

export type HeldVersion = { tag: string; digest: string; reason: VisibilityReason };

const REINSPECTED = "reinspected";

/**
 * Holds the listed versions of an image, each with the reason; yanks, blocks and holds stay as they are. The extension
 * is locked. `reasons` are parts of a sentence; none = nothing is held.
 */
export async function holdVersions(
  tx: Tx,
  extension: Extension,
  { inspection, reasons }: { inspection: Pick<Inspection, "id">; reasons: readonly string[] },
): Promise<HeldVersion[]> {
  if (reasons.length === 0) return [];
  const listed = await tx.version.findMany({ where: { inspectionId: inspection.id, visibility: "listed" } });
  const entry = await tx.entry.findUnique({ where: { extensionId: extension.id } });
  const held: HeldVersion[] = [];
  for (const version of listed) {
    const wasApproved =
      version.decidedBy !== null ||
      (entry !== null && isApproved(storedEnvelope(entry.envelope), version.tag, version.digest));
    const reason = reasonOf(reasons, wasApproved);
    await tx.version.update({
      where: { id: version.id },
      data: { visibility: nextVisibility("listed", "hold"), reason: toJson(reason), decidedBy: null },
    });
    held.push({ tag: version.tag, digest: version.digest, reason });
  }
  return held;
}

/** True while no person has decided on a re-inspection's findings. */
export function isHeldByReinspection({
  visibility,
  reason,
}: Pick<Version, "visibility" | "reason">): boolean {
  return visibility === "held" && storedReason(reason)?.code === REINSPECTED;
}

function reasonOf(reasons: readonly string[], wasApproved: boolean): VisibilityReason {
  const found = `Re-inspected under newer rules: ${reasons.join("; ")}.`;
  return {
    code: REINSPECTED,
    message: wasApproved ? `${found} The approval predates these findings.` : found,
    details: { reasons: [...reasons], approvalPredates: wasApproved },
  };
}
