import type { Track } from "@/lib/extension/offer/track";
import { trackOf } from "@/lib/marketplace/rows/entry-facts";
import { nameOf } from "@/lib/marketplace/rows/extension-name";
import type { Entry, EntryState, Extension, Role } from "@/lib/platform/prisma/client";

export type EntryView = {
  repository: string;
  state: EntryState;
  track: Track["kind"];
  range: string | null;
  pin: { tag: string; digest: string } | null;
  expiresAt: string | null;
  since: string;
  reason: string | null;
  /** Role behind a suspension or revocation. */
  decidedBy: Role | null;
};

export function viewEntry(extension: Extension, entry: Entry): EntryView {
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
