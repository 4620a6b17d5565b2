import { distinctAddresses, type NamedAddress, namedAddresses } from "@/lib/extension/labels/named-addresses";
import { latestOf } from "@/lib/extension/offer/offer";
import { compareSemver, parseSemver } from "@/lib/extension/reference/semver";
import type { Context } from "@/lib/journal/context";
import { offerableVersions } from "@/lib/marketplace/publishing/offerable";
import { listDesktopReleases } from "@/lib/marketplace/rows/desktop-release-row";
import { entryStateAt } from "@/lib/marketplace/rows/entry-facts";
import { readPolicy } from "@/lib/marketplace/rows/stored-policy";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import { read } from "@/lib/platform/db/transact";
import type { Entry } from "@/lib/platform/prisma/client";

/** `tag`: the version whose label names it. */
export type AddressToCheck = NamedAddress & { tag: string };

/** At most this many addresses of one extension in one run. */
const ADDRESSES_MAX = 40;
/** Which of these is shown as the latest depends on what they require; older ones never are. */
const NEWEST = 32;

/**
 * What the versions name that visitors see first, the latest and the latest prerelease: the labels of older ones cannot
 * be changed. Undefined while the extension is not in force or shows no version.
 */
export async function addressesToCheck(
  ctx: Context,
  { extensionId }: { extensionId: string },
): Promise<AddressToCheck[] | undefined> {
  return read(async () => {
    const entry = await ctx.db.prisma.entry.findUnique({ where: { extensionId } });
    const now = ctx.clock.now();
    if (entry === null || entryStateAt(entry, now) !== "active") return undefined;
    const versions = await newestVersions(ctx, entry);
    const { latest, latestPrerelease } = latestOf(
      offerableVersions(entry, versions, now),
      await listDesktopReleases(ctx.db.prisma),
      await readPolicy(ctx.db.prisma),
    );
    const shown = [latest, latestPrerelease].flatMap((ref) =>
      versions.filter(({ tag, digest }) => tag === ref?.tag && digest === ref.digest),
    );
    if (shown.length === 0) return undefined;
    const named = shown.flatMap(({ tag, inspection }) => {
      const report = reportOf(inspection.report);
      return report === undefined ? [] : namedAddresses(report.labels).map((each) => ({ ...each, tag }));
    });
    return distinctAddresses(named).slice(0, ADDRESSES_MAX);
  });
}

/** Reports are large, and a repository can have a thousand versions. */
async function newestVersions(ctx: Context, { extensionId, track, pinTag }: Entry) {
  const listed = { extensionId, visibility: "listed", current: true } as const;
  const rows = await ctx.db.prisma.version.findMany({
    where: track === "pin" ? { ...listed, tag: pinTag ?? "" } : listed,
    select: { id: true, semver: true },
  });
  const newest = rows
    .flatMap(({ id, semver }) => {
      const version = parseSemver(semver);
      return version === undefined ? [] : [{ id, version }];
    })
    .sort((a, b) => compareSemver(b.version, a.version));
  const stable = newest.filter(({ version }) => version.prerelease.length === 0).slice(0, NEWEST);
  const ids = new Set([...newest.slice(0, NEWEST), ...stable].map(({ id }) => id));
  return ctx.db.prisma.version.findMany({
    where: { id: { in: [...ids] } },
    include: { inspection: { select: { state: true, report: true } } },
  });
}
