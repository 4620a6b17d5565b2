import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import { parseSemver } from "@/lib/extension/reference/semver";
import { authorise } from "@/lib/identity/permissions";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { touchWholeCatalog } from "@/lib/marketplace/publishing/catalog-change";
import { desktopReleaseOf } from "@/lib/marketplace/rows/stored-desktop-release";
import { transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";

/** Adds the release, or replaces what is known about it. Offers and the allow-list follow at once. */
export async function putDesktopRelease(ctx: Context, input: DesktopRelease): Promise<DesktopRelease> {
  requireVersion("version", input.version);
  if (input.apiVersion !== null) requireVersion("apiVersion", input.apiVersion);
  return transact(ctx.db, async (tx) => {
    authorise(ctx.actor, "desktopRelease.change");
    const { version, ...known } = input;
    const before = await tx.desktopRelease.findUnique({ where: { version } });
    await tx.desktopRelease.upsert({ where: { version }, create: { version, ...known }, update: known });
    await touchWholeCatalog(tx, ctx, "desktop-release");
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
  await transact(ctx.db, async (tx) => {
    authorise(ctx.actor, "desktopRelease.change");
    const before = await tx.desktopRelease.findUnique({ where: { version: input.version } });
    if (!before) {
      throw new AppError("not_found", `There is no Docker Desktop release ${input.version} in the table.`, {
        suggestion: "Reload the page to see the current table.",
        apiHint: "GET /api/v1/desktop-releases lists the known releases.",
      });
    }
    await tx.desktopRelease.delete({ where: { version: input.version } });
    await touchWholeCatalog(tx, ctx, "desktop-release");
    await appendAudit(tx, ctx, {
      action: "desktopRelease.remove",
      subject: { kind: "desktopRelease", id: input.version },
      before: desktopReleaseOf(before),
    });
  });
}

function requireVersion(field: string, text: string): void {
  if (parseSemver(text) !== undefined) return;
  throw new AppError("invalid_input", `“${text}” is not a version of three numbers.`, {
    suggestion: "Write it as 4.45.0; for the API version as `docker extension version` prints it.",
    details: { field },
  });
}
