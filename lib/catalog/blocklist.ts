import { compareText } from "@/lib/catalog/compare-text";
import type { Snapshot } from "@/lib/catalog/snapshot";
import { familiarName, parseRepository } from "@/lib/extension/repository";
import type { ExtensionRecord } from "@/lib/marketplace/public-records";
import { reportOf } from "@/lib/marketplace/stored-report";
import type { Visibility } from "@/lib/platform/prisma/client";

/** One blocked image under one tag that it had. */
export type BlockedVersion = {
  repository: string;
  tag: string;
  digest: string;
  /** Of the images for single platforms behind `digest`. */
  platformDigests: string[];
  /** `hard` = remove it, `soft` = warn. */
  level: "hard" | "soft";
  reason: { code: string; message: string } | null;
};

/** Also of extensions whose entry is not in force: what is installed somewhere has to be found there. */
export function blocklistOf({ views }: Pick<Snapshot, "views">): BlockedVersion[] {
  return views()
    .flatMap((view) => view.blocked())
    .sort((a, b) => compareText(a.repository, b.repository) || compareText(a.tag, b.tag));
}

export function blockedIn(record: ExtensionRecord): BlockedVersion[] {
  const current = record.versions.filter(isBlocked).map((version) => ({
    ...version,
    platformDigests: reportOf(version.inspection.report)?.platforms.map(({ digest }) => digest) ?? [],
  }));
  return [...current, ...record.withdrawn.filter(isBlocked)].map(
    ({ tag, digest, platformDigests, blockLevel, reason }) => ({
      repository: familiarName(parseRepository(record.repository)),
      tag,
      digest,
      platformDigests: [...platformDigests],
      level: blockLevel ?? "hard",
      reason,
    }),
  );
}

function isBlocked({ visibility }: { visibility: Visibility }): boolean {
  return visibility === "blocked";
}
