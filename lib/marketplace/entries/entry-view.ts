import type { Track } from "@/lib/extension/offer/track";
import { trackOf } from "@/lib/marketplace/rows/entry-facts";
import { nameOf } from "@/lib/marketplace/rows/extension-row";
import type { Entry, EntryState, Role } from "@/lib/platform/prisma/client";

export type EntryView = {
  repository: string;
  state: EntryState;
  track: Track["kind"];
  range: string | null;
  pin: { tag: string; digest: string } | null;
  expiresAt: string | null;
  since: string;
  reason: string | null;
  /** The role that suspended or revoked the entry. */
  decidedBy: Role | null;
};

export type EntrySummary = EntryView & {
  title: string | null;
  vendor: string | null;
  /** How many current versions are listed, are held, or have a tag that moved. */
  versions: { listed: number; held: number; moved: number };
  lastScanAt: string | null;
};

export function viewEntry(extension: { repository: string }, entry: Entry): EntryView {
  const track = trackOf(entry);
  return {
    repository: nameOf(extension),
    state: entry.state,
    track: track.kind,
    range: track.kind === "range" ? track.range : null,
    pin: track.kind === "pin" ? { tag: track.tag, digest: track.digest } : null,
    expiresAt: entry.expiresAt?.toISOString() ?? null,
    since: entry.since.toISOString(),
    reason: entry.reason,
    decidedBy: entry.decidedBy,
  };
}
