import { parseRepository, type Repository, repositoryHost } from "@/lib/extension/reference/repository";
import { authorize } from "@/lib/identity/permissions";
import type { Context } from "@/lib/journal/context";
import { type StoredError, storedError } from "@/lib/marketplace/rows/json-columns";
import { read } from "@/lib/platform/db/transact";

export type HostPause = { until: Date; error: StoredError | undefined };

/**
 * Until when the host of the registry demands a pause, as any process learned it from a scan of any repository there. The
 * rate limiter in memory only knows the responses of its own process. A scan's own back-off applies to its extension only.
 */
export async function hostPause(ctx: Context, repository: Repository): Promise<HostPause | undefined> {
  const told = await ctx.db.prisma.scan.findFirst({
    where: {
      pausedUntil: { gt: ctx.clock.now() },
      extension: { repository: { startsWith: `${repositoryHost(repository)}/` } },
    },
    orderBy: { pausedUntil: "desc" },
    select: { pausedUntil: true, error: true },
  });
  return told?.pausedUntil ? { until: told.pausedUntil, error: storedError(told.error) } : undefined;
}

/** `until`: RFC 3339. */
export type PausedHost = { host: string; until: string };

const SCANS_READ = 500;

/** The hosts that demand a pause now, by name. */
export async function listPausedHosts(ctx: Context): Promise<PausedHost[]> {
  authorize(ctx.actor, "scan.start");
  const scans = await read(() =>
    ctx.db.prisma.scan.findMany({
      where: { pausedUntil: { gt: ctx.clock.now() } },
      orderBy: { pausedUntil: "asc" },
      take: SCANS_READ,
      select: { pausedUntil: true, extension: { select: { repository: true } } },
    }),
  );
  // The latest pause of a host comes last.
  const untilOf = new Map(
    scans.map(({ pausedUntil, extension }) => [
      hostOf(extension.repository),
      pausedUntil?.toISOString() ?? "",
    ]),
  );
  return [...untilOf].map(([host, until]) => ({ host, until })).sort((a, b) => (a.host < b.host ? -1 : 1));
}

function hostOf(repository: string): string {
  return repositoryHost(parseRepository(repository));
}
