import { type Repository, repositoryHost } from "@/lib/extension/reference/repository";
import type { Context } from "@/lib/journal/context";
import { type StoredError, storedError } from "@/lib/marketplace/rows/json-columns";

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
