/** The table of Docker Desktop releases: reading and changing it. */

import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import { type NewestRelease, newestRelease } from "@/lib/extension/desktop/release-age";
import { compareSemver, parseSemver } from "@/lib/extension/reference/semver";
import { authorize } from "@/lib/identity/permissions";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { equal } from "@/lib/marketplace/desktop-releases/shipped-update";
import type { CatalogRules } from "@/lib/marketplace/publishing/listing-history";
import { changeRules } from "@/lib/marketplace/publishing/rules-change";
import { desktopReleaseOf, listDesktopReleases } from "@/lib/marketplace/rows/desktop-release-row";
import { readShippedTable } from "@/lib/marketplace/rows/shipped-table";
import { read } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";

/** A row of the table. `shipped`: what Gantry ships for this release where that differs; null where it does not. */
export type ReleaseView = DesktopRelease & { shipped: DesktopRelease | null };

export type ReleaseOverview = {
  /** Newest first. */
  releases: ReleaseView[];
  /** Shipped with Gantry and removed here, newest first. */
  removed: DesktopRelease[];
  newest: NewestRelease | undefined;
};

/** The whole table beside the one that Gantry ships. Reviewers and admins read it; admins change it. */
export async function readDesktopReleases(ctx: Context): Promise<ReleaseOverview> {
  authorize(ctx.actor, "entry.change");
  const { prisma } = ctx.db;
  const releases = await read(() => listDesktopReleases(prisma));
  const shipped = (await read(() => readShippedTable(prisma)))?.releases ?? [];
  const known = new Set(releases.map(({ version }) => version));
  const shippedBy = new Map(shipped.map((release) => [release.version, release]));
  return {
    releases: releases.sort(newestFirst).map((release) => {
      const other = shippedBy.get(release.version);
      return { ...release, shipped: other === undefined || equal(other, release) ? null : other };
    }),
    removed: shipped.filter(({ version }) => !known.has(version)).sort(newestFirst),
    newest: newestRelease(releases, ctx.clock.now()),
  };
}

function newestFirst(one: DesktopRelease, other: DesktopRelease): number {
  const [a, b] = [parseSemver(one.version), parseSemver(other.version)];
  return a && b ? compareSemver(b, a) : other.version.localeCompare(one.version);
}

/** For pages that only people who can change the table see. */
export async function requireReleaseChange(ctx: Context): Promise<void> {
  authorize(ctx.actor, "desktopRelease.change");
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
