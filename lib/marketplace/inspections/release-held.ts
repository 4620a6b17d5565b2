import { imageDigests } from "@/lib/extension/report/image-digests";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { nextVisibility } from "@/lib/extension/states/version";
import type { Context } from "@/lib/journal/context";
import { coveringBlocks } from "@/lib/marketplace/blocks/covering-blocks";
import { judgeVersion } from "@/lib/marketplace/inspections/judge-version";
import { listDesktopReleases } from "@/lib/marketplace/rows/desktop-release-row";
import { storedEnvelope, storedReason, toJson } from "@/lib/marketplace/rows/json-columns";
import { whyCollides } from "@/lib/marketplace/rows/other-spelling";
import { readPolicy } from "@/lib/marketplace/rows/stored-policy";
import type { Tx } from "@/lib/platform/db/database";
import { type Extension, type Inspection, Prisma } from "@/lib/platform/prisma/client";

/** Reasons for a hold that come from the inspection alone, not from a policy, an envelope or a person. */
const BY_INSPECTION = ["not_inspected", "findings", "partial_proof", "ambiguous_layer", "limit_exceeded"];

/**
 * Evaluates versions again that only the older report held, as if they were pushed today: those that pass are listed,
 * the others stay held with the current reason. What a person or a re-inspection held stays. Returns the tags that are listed now.
 */
export async function releaseHeld(
  tx: Tx,
  ctx: Context,
  extension: Extension,
  { inspection, report }: { inspection: Pick<Inspection, "id">; report: InspectionReport },
): Promise<string[]> {
  const held = await tx.version.findMany({
    where: { inspectionId: inspection.id, visibility: "held", decidedBy: null, current: true },
  });
  const byInspection = held.filter(({ reason }) => BY_INSPECTION.includes(storedReason(reason)?.code ?? ""));
  const entry = await tx.entry.findUnique({ where: { extensionId: extension.id } });
  if (byInspection.length === 0 || entry === null || entry.state === "revoked") return [];
  if ((await coveringBlocks(tx, imageDigests(report.digest, report.platforms))).length > 0) return [];
  const policy = await readPolicy(tx);
  const releases = await listDesktopReleases(tx);
  const envelope = storedEnvelope(entry.envelope);
  const listed: string[] = [];
  for (const version of byInspection) {
    const { id, tag, listedAt } = version;
    const verdict = judgeVersion({ extension, policy, releases, envelope, tag, report });
    const reason = verdict.visibility === "held" ? verdict.reason : await whyCollides(tx, version);
    const data =
      reason !== undefined
        ? { reason: toJson(reason) }
        : {
            visibility: nextVisibility("held", "list"),
            reason: Prisma.DbNull,
            listedAt: listedAt ?? ctx.clock.now(),
          };
    await tx.version.update({ where: { id }, data });
    if (reason === undefined) listed.push(tag);
  }
  return listed;
}
