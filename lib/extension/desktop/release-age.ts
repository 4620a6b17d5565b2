import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";

/** Docker releases Docker Desktop weekly or fortnightly, so a table of this age lacks many releases. */
const RELEASES_OUTDATED_DAYS = 120;

export type NewestRelease = { version: string; releasedOn: string; ageDays: number };

const DAY_MS = 86_400_000;

/** The release with the latest date up to `now`; a later date is a mistake. Undefined when no date is known. */
export function newestRelease(releases: readonly DesktopRelease[], now: Date): NewestRelease | undefined {
  let newest: NewestRelease | undefined;
  for (const { version, releasedOn } of releases) {
    const at = releasedOn === null ? Number.NaN : Date.parse(releasedOn);
    if (releasedOn === null || !(at <= now.getTime())) continue;
    if (newest !== undefined && newest.releasedOn >= releasedOn) continue;
    newest = { version, releasedOn, ageDays: Math.floor((now.getTime() - at) / DAY_MS) };
  }
  return newest;
}

export function isOutdated({ ageDays }: NewestRelease): boolean {
  return ageDays > RELEASES_OUTDATED_DAYS;
}
