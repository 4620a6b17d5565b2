import { type Repository, repositoryHost } from "@/lib/extension/reference/repository";
import type { Context } from "@/lib/journal/context";
import { type StoredError, storedError } from "@/lib/marketplace/rows/json-columns";

export type HostPause = { until: Date; error: StoredError | undefined };

/**
 * Until when the registry wants no scans, as any process heard it in a scan of whichever repository there. A process of
 * its own only knows what it was told itself.
 */
export async function hostPause(ctx: Context, repository: Repository): Promise<HostPause | undefined> {
  const told = await ctx.db.prisma.scan.findFirst({
    where: {
      state: "rate_limited",
      until: { gt: ctx.clock.now() },
      extension: { repository: { startsWith: `${repositoryHost(repository)}/` } },
    },
    orderBy: { until: "desc" },
    select: { until: true, error: true },
  });
  return told?.until ? { until: told.until, error: storedError(told.error) } : undefined;
}
