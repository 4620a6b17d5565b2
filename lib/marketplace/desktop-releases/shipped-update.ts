import { isDeepStrictEqual } from "node:util";
import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";

/** What a new version of Gantry changes in an instance's table. */
export type ShippedUpdate = {
  added: DesktopRelease[];
  changed: { before: DesktopRelease; after: DesktopRelease }[];
  removed: DesktopRelease[];
};

export type ShippedTables = {
  /** What the previous version of Gantry shipped. */
  former: readonly DesktopRelease[];
  /** The instance's table. */
  current: readonly DesktopRelease[];
  shipped: readonly DesktopRelease[];
};

/**
 * A three-way merge by release. A row that equals the formerly shipped one follows what is shipped now. Rows that an
 * admin changed, added or removed stay as they are.
 */
export function shippedUpdate({ former, current, shipped }: ShippedTables): ShippedUpdate {
  const [before, now, next] = [byVersion(former), byVersion(current), byVersion(shipped)];
  const isUnedited = ({ version }: DesktopRelease) => equal(now.get(version), before.get(version));
  return {
    added: shipped.filter(({ version }) => !before.has(version) && !now.has(version)),
    changed: current.flatMap((row) => {
      const after = next.get(row.version);
      const follows = after !== undefined && isUnedited(row) && !equal(row, after);
      return follows ? [{ before: row, after }] : [];
    }),
    removed: current.filter((row) => !next.has(row.version) && isUnedited(row)),
  };
}

/** The table after the update. */
export function afterUpdate(
  current: readonly DesktopRelease[],
  { added, changed, removed }: ShippedUpdate,
): DesktopRelease[] {
  const after = byVersion(current);
  for (const { version } of removed) after.delete(version);
  for (const { after: release } of changed) after.set(release.version, release);
  return [...after.values(), ...added];
}

/** Whether two rows say the same. */
export function equal(one: DesktopRelease | undefined, other: DesktopRelease | undefined): boolean {
  return isDeepStrictEqual(one, other);
}

function byVersion(releases: readonly DesktopRelease[]): Map<string, DesktopRelease> {
  return new Map(releases.map((release) => [release.version, release]));
}
