import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import { type LineProblem, type ReleaseLine, readReleaseCsv } from "@/lib/extension/desktop/release-csv";
import { authorize } from "@/lib/identity/permissions";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { equal } from "@/lib/marketplace/desktop-releases/shipped-update";
import { lockCatalogRevision } from "@/lib/marketplace/publishing/catalog-revision";
import type { CatalogRules } from "@/lib/marketplace/publishing/listing-history";
import { changeRules } from "@/lib/marketplace/publishing/rules-change";
import { listDesktopReleases } from "@/lib/marketplace/rows/desktop-release-row";
import { read } from "@/lib/platform/db/transact";
import { AppError, isAppError } from "@/lib/platform/errors";

/** `dryRun` checks the file and reports what it would change. */
export type ReleaseImport = { csv: string; dryRun: boolean };

export type ReleaseImportResult = {
  dryRun: boolean;
  added: DesktopRelease[];
  changed: { before: DesktopRelease; after: DesktopRelease }[];
  /** The number of releases in the file that the table has with the same values. */
  unchanged: number;
};

export const CSV_CHARACTERS_MAX = 256 * 1024;
const PROBLEMS_SHOWN = 20;

/**
 * Adds the releases of a CSV file and replaces those that the table has; other releases stay. All of the file or nothing.
 * Throws `invalid_input` with the problems of each line.
 */
export async function importDesktopReleases(
  ctx: Context,
  { csv, dryRun }: ReleaseImport,
): Promise<ReleaseImportResult> {
  authorize(ctx.actor, "desktopRelease.change");
  const lines = readLines(csv);
  if (dryRun) return { dryRun, ...planOf(lines, await read(() => listDesktopReleases(ctx.db.prisma))) };
  const rulesAfter = (rules: CatalogRules): CatalogRules => ({
    ...rules,
    releases: withPlan(rules.releases, planOf(lines, rules.releases)),
  });
  return changeRules(ctx, { cause: "desktop-release", rulesAfter }, async (tx, publish) => {
    await lockCatalogRevision(tx);
    const plan = planOf(lines, await listDesktopReleases(tx));
    await tx.desktopRelease.createMany({ data: plan.added });
    for (const { after } of plan.changed) {
      const { version, ...known } = after;
      await tx.desktopRelease.update({ where: { version }, data: known });
    }
    await publish();
    await appendAudit(tx, ctx, {
      action: "desktopRelease.import",
      subject: { kind: "desktopRelease", id: `${lines.length} releases` },
      before: { changed: plan.changed.map(({ before }) => before) },
      after: { added: plan.added, changed: plan.changed.map(({ after }) => after) },
    });
    return { dryRun, ...plan };
  });
}

function readLines(csv: string): ReleaseLine[] {
  if (csv.length > CSV_CHARACTERS_MAX) {
    throw new AppError("invalid_input", `The file has ${csv.length} characters.`, {
      suggestion: `At most ${CSV_CHARACTERS_MAX} are allowed. Split it into several files.`,
      details: { field: "csv" },
    });
  }
  const { releases, problems } = readReleaseCsv(csv);
  if (problems.length > 0) throw unreadable(problems);
  return releases;
}

function unreadable(problems: readonly LineProblem[]): AppError {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const shown = problems.slice(0, PROBLEMS_SHOWN);
  const [first] = shown;
  const where = first === undefined ? "" : ` The first is on line ${first.line}: ${first.message}`;
  return new AppError("invalid_input", `The file has ${count}, so nothing was imported.${where}`, {
    suggestion: "Correct these lines and import the whole file again.",
    details: { field: "csv", problems: shown, total: problems.length },
  });
}

/** The first problems of an import that was refused; empty for any other error. */
export function lineProblems(error: unknown): LineProblem[] {
  const problems = isAppError(error) ? error.details?.problems : undefined;
  return Array.isArray(problems) ? problems.filter(isLineProblem) : [];
}

function isLineProblem(value: unknown): value is LineProblem {
  return typeof value === "object" && value !== null && "line" in value && "message" in value;
}

type Plan = Omit<ReleaseImportResult, "dryRun">;

function planOf(lines: readonly ReleaseLine[], current: readonly DesktopRelease[]): Plan {
  const known = new Map(current.map((release) => [release.version, release]));
  const plan: Plan = { added: [], changed: [], unchanged: 0 };
  for (const line of lines) {
    const before = known.get(line.version);
    const after: DesktopRelease = {
      ...line,
      releasedOn: orKept(line.releasedOn, before?.releasedOn),
      composeVersion: orKept(line.composeVersion, before?.composeVersion),
    };
    if (before === undefined) plan.added.push(after);
    else if (equal(before, after)) plan.unchanged += 1;
    else plan.changed.push({ before, after });
  }
  return plan;
}

/** A column that the file lacks keeps what is known. */
function orKept(written: string | null | undefined, known: string | null | undefined): string | null {
  return written === undefined ? (known ?? null) : written;
}

function withPlan(releases: readonly DesktopRelease[], { added, changed }: Plan): DesktopRelease[] {
  const after = new Map(changed.map((each) => [each.after.version, each.after]));
  return [...releases.map((release) => after.get(release.version) ?? release), ...added];
}
