/**
 * A new approval evaluates the versions of an earlier one again: what it does not cover is held with a reason, and no
 * restore lists it either. Yanks and blocks stay.
 */

import type { Envelope } from "@/lib/extension/capabilities/envelope";
import { type PreparedReleases, prepareReleases } from "@/lib/extension/desktop/desktop-release";
import type { ListingVerdict } from "@/lib/extension/policy/listing-verdict";
import type { Policy } from "@/lib/extension/policy/policy";
import { judgeVersion } from "@/lib/marketplace/inspections/judge-version";
import { listDesktopReleases } from "@/lib/marketplace/rows/desktop-release-row";
import { storedReason, toJson, type VisibilityReason } from "@/lib/marketplace/rows/json-columns";
import { readPolicy } from "@/lib/marketplace/rows/stored-policy";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import { heldInstead, keptIn, reasonKeeping } from "@/lib/marketplace/rows/version-before";
import type { Tx } from "@/lib/platform/db/database";
import type { Extension, Prisma } from "@/lib/platform/prisma/client";

const PAGE_ROWS = 100;

const PARTS = { inspection: { select: { report: true } } } satisfies Prisma.VersionInclude;

type VersionWithReport = Prisma.VersionGetPayload<{ include: typeof PARTS }>;
type EvaluationContext = {
  extension: Extension;
  envelope: Envelope;
  policy: Policy;
  releases: PreparedReleases;
};

/** Returns the tags that are held now. The extension is locked. */
export async function judgeAgain(tx: Tx, extension: Extension, envelope: Envelope): Promise<string[]> {
  const releases = prepareReleases(await listDesktopReleases(tx));
  const by = { extension, envelope, releases, policy: await readPolicy(tx) };
  const held: string[] = [];
  let last: VersionWithReport | undefined;
  for (;;) {
    const page: VersionWithReport[] = await tx.version.findMany({
      where: { extensionId: extension.id, visibility: { in: ["listed", "yanked", "blocked"] } },
      include: PARTS,
      orderBy: { id: "asc" },
      take: PAGE_ROWS,
      ...(last ? { cursor: { id: last.id }, skip: 1 } : {}),
    });
    for (const version of page) {
      const verdict = verdictOn(version, by);
      if (verdict.visibility === "listed") continue;
      await tx.version.update({ where: { id: version.id }, data: columnsUnder(version, verdict.reason) });
      if (version.visibility === "listed") held.push(version.tag);
    }
    if (page.length < PAGE_ROWS) return held;
    last = page.at(-1);
  }
}

function verdictOn(version: VersionWithReport, by: EvaluationContext): ListingVerdict {
  const report = reportOf(version.inspection.report);
  if (report) return judgeVersion({ ...by, tag: version.tag, report });
  const message = "Its image was not inspected, so its capabilities are unknown.";
  return { visibility: "held", reason: { code: "not_inspected", message, details: { state: "unreadable" } } };
}

function columnsUnder(version: VersionWithReport, why: VisibilityReason) {
  if (version.visibility === "listed")
    return { visibility: "held" as const, reason: toJson(why), decidedBy: null };
  const reason = storedReason(version.reason) ?? UNKNOWN_REASON;
  return { reason: toJson(reasonKeeping(reason, heldInstead(keptIn(reason), why))) };
}

const UNKNOWN_REASON: VisibilityReason = { code: "unknown", message: "No reason is recorded." };
