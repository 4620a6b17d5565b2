/** The table of Docker Desktop releases: seeding, reading and changing it. */

import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import { compareSemver, parseSemver } from "@/lib/extension/reference/semver";
import { authorize } from "@/lib/identity/permissions";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import seed from "@/lib/marketplace/desktop-releases/desktop-releases.json" with { type: "json" };
import { bumpCatalogRevision } from "@/lib/marketplace/publishing/catalog-revision";
import type { CatalogRules } from "@/lib/marketplace/publishing/listing-history";
import { changeRules } from "@/lib/marketplace/publishing/rules-change";
import { desktopReleaseOf, listDesktopReleases } from "@/lib/marketplace/rows/desktop-release-row";
import type { Database } from "@/lib/platform/db/database";
import { read, transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";

/** Fills an empty table with the releases that this version of Gantry knows; a table with rows stays as it is. */
export async function seedDesktopReleases(db: Database): Promise<void> {
  await transact(db, async (tx) => {
    if ((await tx.desktopRelease.count()) > 0) return;
    await tx.desktopRelease.createMany({ data: seed, skipDuplicates: true });
    await bumpCatalogRevision(tx, "whole");
  });
}

/** The whole table, newest first. Reviewers and admins read it; admins change it. */
export async function readDesktopReleases(ctx: Context): Promise<DesktopRelease[]> {
  authorize(ctx.actor, "entry.change");
  const releases = await read(() => listDesktopReleases(ctx.db.prisma));
  return releases.sort(newestFirst);
}

function newestFirst(one: DesktopRelease, other: DesktopRelease): number {
  const [a, b] = [parseSemver(one.version), parseSemver(other.version)];
  return a && b ? compareSemver(b, a) : other.version.localeCompare(one.version);
}

/** Adds the release, or replaces what is known about it. Offers and the allow-list follow at once. */
export async function putDesktopRelease(ctx: Context, input: DesktopRelease): Promise<DesktopRelease> {
  requireVersion("version", input.version);
  if (input.apiVersion !== null) requireVersion("apiVersion", input.apiVersion);
  if (input.composeVersion !== null) requireVersion("composeVersion", input.composeVersion);
  authorize(ctx.actor, "desktopRelease.change");
  const rulesAfter = (rules: CatalogRules) => withReleases(rules, input.version, [input]);
  return changeRules(ctx, { cause: "desktop-release", rulesAfter }, async (tx, publish) => {
    const { version, ...known } = input;
    const before = await tx.desktopRelease.findUnique({ where: { version } });
    await tx.desktopRelease.upsert({ where: { version }, create: { version, ...known }, update: known });
    await publish();
    await appendAudit(tx, ctx, {
      action: before ? "desktopRelease.change" : "desktopRelease.add",
      subject: { kind: "desktopRelease", id: version },
      before: before ? desktopReleaseOf(before) : undefined,
      after: input,
    });
    return input;
  });
}

export async function removeDesktopRelease(ctx: Context, input: { version: string }): Promise<void> {
  authorize(ctx.actor, "desktopRelease.change");
  const rulesAfter = (rules: CatalogRules) => withReleases(rules, input.version, []);
  await changeRules(ctx, { cause: "desktop-release", rulesAfter }, async (tx, publish) => {
    const before = await tx.desktopRelease.findUnique({ where: { version: input.version } });
    if (!before) {
      throw new AppError("not_found", `Docker Desktop ${input.version} is not in the table.`, {
        suggestion: "Reload the page to see the current table.",
        apiHint: "GET /api/v1/desktop-releases lists the known releases.",
      });
    }
    await tx.desktopRelease.delete({ where: { version: input.version } });
    await publish();
    await appendAudit(tx, ctx, {
      action: "desktopRelease.remove",
      subject: { kind: "desktopRelease", id: input.version },
      before: desktopReleaseOf(before),
    });
  });
}

/** With `now` in the place of the release that has this version. */
function withReleases(rules: CatalogRules, version: string, now: readonly DesktopRelease[]): CatalogRules {
  const others = rules.releases.filter((release) => release.version !== version);
  return { ...rules, releases: [...others, ...now] };
}

function requireVersion(field: string, text: string): void {
  if (parseSemver(text) !== undefined) return;
  throw new AppError("invalid_input", `“${text}” is not a version with three numbers.`, {
    suggestion: "Use the form 4.45.0. For the API version, use the output of `docker extension version`.",
    details: { field },
  });
}
