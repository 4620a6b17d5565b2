import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import { compareSemver, parseSemver } from "@/lib/extension/reference/semver";
import { authorise } from "@/lib/identity/permissions";
import type { Context } from "@/lib/journal/context";
import { listDesktopReleases } from "@/lib/marketplace/publishing/desktop-releases";
import { read } from "@/lib/platform/db/transact";

/** The table as its keepers see it, newest first. Reviewers read it; admins change it. */
export async function readDesktopReleases(ctx: Context): Promise<DesktopRelease[]> {
  authorise(ctx.actor, "entry.change");
  const releases = await read(() => listDesktopReleases(ctx.db.prisma));
  return releases.sort(newestFirst);
}

function newestFirst(one: DesktopRelease, other: DesktopRelease): number {
  const [a, b] = [parseSemver(one.version), parseSemver(other.version)];
  return a && b ? compareSemver(b, a) : other.version.localeCompare(one.version);
}
