import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import { parseSemver } from "@/lib/extension/reference/semver";
import { authorise } from "@/lib/identity/permissions";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import type { CatalogRules } from "@/lib/marketplace/publishing/listing-history";
import { changeRules } from "@/lib/marketplace/publishing/rules-change";
import { desktopReleaseOf } from "@/lib/marketplace/rows/stored-desktop-release";
import { AppError } from "@/lib/platform/errors";

/** Adds the release, or replaces what is known about it. Offers and the allow-list follow at once. */
export async function putDesktopRelease(ctx: Context, input: DesktopRelease): Promise<DesktopRelease> {
  requireVersion("version", input.version);
  if (input.apiVersion !== null) requireVersion("apiVersion", input.apiVersion);
  authorise(ctx.actor, "desktopRelease.change");
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
  authorise(ctx.actor, "desktopRelease.change");
  const rulesAfter = (rules: CatalogRules) => withReleases(rules, input.version, []);
  await changeRules(ctx, { cause: "desktop-release", rulesAfter }, async (tx, publish) => {
    const before = await tx.desktopRelease.findUnique({ where: { version: input.version } });
    if (!before) {
      throw new AppError("not_found", `There is no Docker Desktop release ${input.version} in the table.`, {
        suggestion: "GET /api/v1/desktop-releases lists those that are.",
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
  throw new AppError("invalid_input", `“${text}” is not a version of three numbers.`, {
    suggestion: "Write it as 4.45.0; for the API version as `docker extension version` prints it.",
    details: { field },
  });
}
