import type { Badge } from "@/lib/catalog/badges/badge-svg";
import type { ExtensionSummary, VersionSummary } from "@/lib/catalog/documents/documents";
import type { ExtensionView } from "@/lib/catalog/views/extension-view";
import { spokenRelease } from "@/lib/extension/desktop/desktop-release";
import { platformName } from "@/lib/extension/reference/platform";

export const BADGE_KINDS = ["version", "compatibility", "platforms"] as const;
export type BadgeKind = (typeof BADGE_KINDS)[number];

const LABELS: Record<BadgeKind, string> = {
  version: "extension",
  compatibility: "Docker Desktop",
  platforms: "platforms",
};

/** The badge for a README. `view` is undefined for an extension that is not listed. */
export function extensionBadge(kind: BadgeKind, view: ExtensionView | undefined): Badge {
  const label = LABELS[kind];
  if (view === undefined) return { label, words: "not listed", tone: "neutral" };
  if (view.state !== "active") return { label, words: view.state, tone: "bad" };
  const summary = view.summary();
  const shown = summary.latest ?? summary.latestPrerelease;
  if (shown === null) return { label, words: "no version", tone: "neutral" };
  return { label, ...said(kind, shown, summary, view) };
}

function said(
  kind: BadgeKind,
  shown: VersionSummary,
  summary: ExtensionSummary,
  view: ExtensionView,
): Omit<Badge, "label"> {
  switch (kind) {
    case "version":
      if (summary.deprecated !== null) return { words: `${shown.version} (deprecated)`, tone: "caution" };
      return { words: shown.version, tone: shown.channel === "stable" ? "good" : "caution" };
    case "compatibility":
      return compatibility(shown, view);
    case "platforms":
      return { words: shown.platforms.map(shortPlatform).join(" · ") || "none", tone: "neutral" };
  }
}

function compatibility(
  { tag, requirement, platforms }: VersionSummary,
  view: ExtensionView,
): Omit<Badge, "label"> {
  const { minimumDesktop, range } = requirement;
  if (range === null) return { words: "unknown", tone: "caution" };
  if (minimumDesktop === null) return { words: "no known release", tone: "bad" };
  const architecture = platforms[0]?.architecture ?? "amd64";
  const { rows } = view.by.releases;
  const newest = rows.findLast(({ release }) =>
    view.fits({ desktop: release.version, architecture }).some((fit) => fit.tag === tag && fit.fits),
  );
  const from = short(minimumDesktop);
  if (newest === undefined || newest === rows.at(-1)) return { words: `${from} or newer`, tone: "good" };
  return { words: `${from} to ${short(newest.release.version)}`, tone: "caution" };
}

function short(release: string): string {
  return spokenRelease(release).replace("Docker Desktop ", "");
}

/** Images always target linux, so the operating system is omitted. */
function shortPlatform({ os, architecture, variant }: VersionSummary["platforms"][number]): string {
  return platformName(variant === null ? { os, architecture } : { os, architecture, variant }).replace(
    /^linux\//,
    "",
  );
}
