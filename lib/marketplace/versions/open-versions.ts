/** Versions that wait for a reviewer: held ones, and those whose tag has moved. */

import type { Envelope } from "@/lib/extension/capabilities/envelope";
import { compareCapabilities } from "@/lib/extension/capabilities/named-capabilities";
import { type Policy, type ServedFinding, servedFindings } from "@/lib/extension/policy/policy";
import { findingsAboutTag } from "@/lib/extension/reference/tag-list-facts";
import { authorize } from "@/lib/identity/permissions";
import type { Context } from "@/lib/journal/context";
import { storedTagListFacts, TAG_LIST_COLUMNS } from "@/lib/marketplace/inspections/tag-list-columns";
import { nameOf } from "@/lib/marketplace/rows/extension-row";
import { storedEnvelope } from "@/lib/marketplace/rows/json-columns";
import { readPolicy } from "@/lib/marketplace/rows/stored-policy";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import { type VersionView, viewVersion } from "@/lib/marketplace/versions/version-view";
import { read } from "@/lib/platform/db/transact";
import type { Prisma } from "@/lib/platform/prisma/client";

export type OpenVersion = VersionView & {
  repository: string;
  title: string | null;
  /** Capabilities beyond the approval, in words; empty when there are none or they are unknown. */
  beyondApproval: string[];
  /** Findings about the tag list, in addition to those of the report. */
  findings: ServedFinding[];
};

const OPEN_VERSIONS_MAX = 500;

export const VERSION_PARTS = {
  inspection: { select: { report: true } },
  extension: { select: { repository: true, ...TAG_LIST_COLUMNS, entry: { select: { envelope: true } } } },
} satisfies Prisma.VersionInclude;

export type VersionWithParts = Prisma.VersionGetPayload<{ include: typeof VERSION_PARTS }>;

/** Newest first, at most 500. */
export async function listOpenVersions(
  ctx: Context,
  input: { kind: "held" | "moved" },
): Promise<OpenVersion[]> {
  authorize(ctx.actor, "version.decide");
  const open: Prisma.VersionWhereInput =
    input.kind === "held" ? { visibility: "held" } : { movedDigest: { not: null } };
  return read(async () => {
    const rows = await ctx.db.prisma.version.findMany({
      where: { ...open, current: true, extension: { entry: { state: { not: "revoked" } } } },
      orderBy: [{ firstSeenAt: "desc" }, { id: "desc" }],
      take: OPEN_VERSIONS_MAX,
      include: VERSION_PARTS,
    });
    const policy = await readPolicy(ctx.db.prisma);
    return rows.map((row) => viewOpenVersion(row, policy));
  });
}

export function viewOpenVersion(row: VersionWithParts, policy: Policy): OpenVersion {
  const report = reportOf(row.inspection.report);
  const envelope = row.extension.entry ? storedEnvelope(row.extension.entry.envelope) : undefined;
  return {
    ...viewVersion(row),
    repository: nameOf(row.extension),
    title: report?.labels.title ?? null,
    beyondApproval: beyondApproval(envelope, row.inspection.report),
    findings: servedFindings(findingsAboutTag(row.tag, storedTagListFacts(row.extension)), policy),
  };
}

/** An image's capabilities beyond the approval, in words. */
export function beyondApproval(envelope: Envelope | undefined, report: Prisma.JsonValue | null): string[] {
  const capabilities = reportOf(report)?.capabilities;
  if (!envelope || !capabilities) return [];
  return compareCapabilities(envelope.capabilities, capabilities)
    .filter(({ change }) => change === "added")
    .map(({ words }) => words);
}
