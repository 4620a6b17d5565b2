import { compareSemver, parseSemver, type SemVersion } from "@/lib/extension/reference/semver";

/** How certain it is that a release has the API version of its row. */
export type ReleaseConfidence = "verified" | "inferred" | "unverified";

export type ReleaseRow<Release> = { release: Release; desktop: SemVersion; api: SemVersion | undefined };

/** Parsed and sorted Desktop releases, for many queries. */
export type ReleaseTable<Release> = {
  /** Oldest release first. Releases with an invalid version are excluded. */
  rows: readonly ReleaseRow<Release>[];
  /** The API versions of at least one known release, ascending, each once. */
  apis: readonly KnownApi<Release>[];
};

/** `oldest` and `newest`: the first and last Desktop release with this API version. */
export type KnownApi<Release> = { api: SemVersion; oldest: Release; newest: Release };

/** The API version of a release: known, or between those of its neighbors (inclusive). */
export type ReleaseApi<Release> =
  | { kind: "known"; api: SemVersion; release: Release }
  | { kind: "between"; from: SemVersion | undefined; to: SemVersion | undefined };

export function tableOf<Release extends { version: string; apiVersion: string | null }>(
  releases: readonly Release[],
): ReleaseTable<Release> {
  const rows = releases.flatMap((release): ReleaseRow<Release>[] => {
    const desktop = parseHostVersion(release.version);
    const api = release.apiVersion === null ? undefined : parseHostVersion(release.apiVersion);
    return desktop === undefined ? [] : [{ release, desktop, api }];
  });
  rows.sort((a, b) => compareSemver(a.desktop, b.desktop));
  return { rows, apis: knownApis(rows) };
}

/**
 * Looks up the API version of Desktop `desktop`. A release without a row, or with an unknown API version, lies
 * between the nearest releases with known ones; undefined when no API version is known.
 */
export function apiOf<Release>(
  table: ReleaseTable<Release>,
  desktop: SemVersion,
): ReleaseApi<Release> | undefined {
  const start = firstAtOrAfter(table.rows, desktop);
  const below = table.rows.slice(0, start).findLast((row) => row.api !== undefined);
  const above = table.rows.slice(start).find((row) => row.api !== undefined);
  if (above?.api !== undefined && compareSemver(above.desktop, desktop) === 0) {
    return { kind: "known", api: above.api, release: above.release };
  }
  if (below === undefined && above === undefined) return undefined;
  return between(below?.api, above?.api);
}

/**
 * Parses a version as users and clients write it: an optional `v`, and `4.38` for `4.38.0`. Undefined when invalid.
 */
export function parseHostVersion(text: string): SemVersion | undefined {
  const trimmed = text.trim().replace(/^v/, "");
  return parseSemver(/^[0-9]+\.[0-9]+$/.test(trimmed) ? `${trimmed}.0` : trimmed);
}

/** Manually entered data can have a lower API version after a higher one. The span then covers both. */
function between(a: SemVersion | undefined, b: SemVersion | undefined): ReleaseApi<never> {
  const isTwisted = a !== undefined && b !== undefined && compareSemver(a, b) > 0;
  return isTwisted ? { kind: "between", from: b, to: a } : { kind: "between", from: a, to: b };
}

function firstAtOrAfter(rows: readonly ReleaseRow<unknown>[], desktop: SemVersion): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row !== undefined && compareSemver(row.desktop, desktop) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function knownApis<Release>(rows: readonly ReleaseRow<Release>[]): KnownApi<Release>[] {
  const byText = new Map<string, KnownApi<Release>>();
  for (const { api, release } of rows) {
    if (api === undefined) continue;
    const oldest = byText.get(api.text)?.oldest ?? release;
    byText.set(api.text, { api, oldest, newest: release });
  }
  return [...byText.values()].sort((a, b) => compareSemver(a.api, b.api));
}
