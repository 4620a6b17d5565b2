import type { SemVersion } from "@/lib/extension/reference/semver";
import { classifyTag } from "@/lib/extension/reference/tag";
import { parseRange, type Range } from "@/lib/extension/requirement/range";
import { includes } from "@/lib/extension/requirement/version-set";
import { quoted } from "@/lib/extension/text/quoted";
import { AppError } from "@/lib/platform/errors";

/** Which versions of its repository an allow-list entry allows: all, those in a range, or one tag at one digest. */
export type Track =
  | { kind: "follow" }
  | { kind: "range"; range: string }
  | { kind: "pin"; tag: string; digest: string };

export type TrackCandidate = { version: SemVersion; tag: string; digest: string };

const ADVICE =
  "Use a range such as ^1, ~1.4, 1.x or >= 1.2, < 2. To allow prereleases, name one, as in ^1.0.0-0.";

/**
 * Parses a track's range, with the syntax and semantics of requirements. A version without an operator means exactly
 * that version. Only comparators that name a prerelease allow prereleases: `^1.0.0-0` allows `1.5.0-rc.1`, `^1` does
 * not. Throws `range_invalid` for invalid syntax and for a range that no version can satisfy.
 */
export function parseTrackRange(text: string): Range {
  const range = parseRange(text);
  if ("problem" in range) throw invalid(`${quoted(text)} is not a version range: ${range.why}.`, text);
  const { releases, prereleases } = range.versions;
  if (releases.length + prereleases.length > 0) return range;
  throw invalid(`No version can satisfy the range ${quoted(text)}.`, text);
}

/** Whether the entry's track allows this version. Throws `range_invalid` as `parseTrackRange` does. */
export function trackAdmits(track: Track, candidate: TrackCandidate): boolean {
  return admissionBy(track)(candidate);
}

/** `trackAdmits` for many versions: parses the track once. */
export function admissionBy(track: Track): (candidate: TrackCandidate) => boolean {
  switch (track.kind) {
    case "follow":
      return () => true;
    case "range": {
      const { versions } = parseTrackRange(track.range);
      return ({ version }) => includes(versions, version);
    }
    case "pin":
      return ({ tag, digest }) => tag === track.tag && digest === track.digest;
  }
}

/**
 * Whether `after` allows only versions that `before` allows. A changed range counts as wider, because future versions are
 * unknown.
 */
export function admitsNoMore(before: Track, after: Track): boolean {
  if (before.kind === "follow") return true;
  if (before.kind === "range" && after.kind === "range") return before.range === after.range;
  if (after.kind !== "pin") return false;
  const tag = classifyTag(after.tag);
  return tag.kind === "version" && trackAdmits(before, { ...after, version: tag.version });
}

function invalid(message: string, range: string): AppError {
  return new AppError("range_invalid", message, {
    suggestion: ADVICE,
    details: { range: range.slice(0, 300) },
  });
}
