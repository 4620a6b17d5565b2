import type { Track } from "@/lib/extension/offer/track";
import { AppError } from "@/lib/platform/errors";
import type { Entry } from "@/lib/platform/prisma/client";

/** The columns of an entry that decide what is in force. */
export type EntryFacts = Pick<
  Entry,
  "state" | "track" | "range" | "pinTag" | "pinDigest" | "expiresAt" | "since"
>;

export type EntryState = EntryFacts["state"];

/** The state at `now`: an entry expires at its time, before any job records that. */
export function entryStateAt(entry: Pick<EntryFacts, "state" | "expiresAt">, now: Date): EntryState {
  const isOver = entry.expiresAt !== null && entry.expiresAt <= now;
  return entry.state === "active" && isOver ? "expired" : entry.state;
}

/** The columns as a track. Throws `internal` for a row that Gantry cannot have written. */
export function trackOf(entry: Pick<EntryFacts, "track" | "range" | "pinTag" | "pinDigest">): Track {
  switch (entry.track) {
    case "follow":
      return { kind: "follow" };
    case "range":
      if (entry.range === null) throw brokenTrack("a range track has no range");
      return { kind: "range", range: entry.range };
    case "pin":
      if (entry.pinTag === null || entry.pinDigest === null) throw brokenTrack("a pin has no tag and digest");
      return { kind: "pin", tag: entry.pinTag, digest: entry.pinDigest };
  }
}

function brokenTrack(what: string): AppError {
  return new AppError("internal", `The allow-list entry is damaged: ${what}.`, {
    suggestion: "An administrator can set the entry's track again.",
  });
}
