import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import { parseSemver } from "@/lib/extension/reference/semver";
import { readCsv } from "@/lib/extension/text/csv";
import { nearest } from "@/lib/extension/text/nearest";
import { quoted } from "@/lib/extension/text/quoted";

/** A release as a CSV file describes it. Fields whose column is missing are undefined. */
export type ReleaseLine = Omit<DesktopRelease, "releasedOn" | "composeVersion"> & {
  releasedOn: string | null | undefined;
  composeVersion: string | null | undefined;
};

/** What is wrong with one line, as a sentence. */
export type LineProblem = { line: number; message: string };

export type ReleaseCsv = { releases: ReleaseLine[]; problems: LineProblem[] };

export const CSV_ROWS_MAX = 1_000;
const SOURCE_CHARACTERS_MAX = 500;

/** The columns of the file, in any order. */
const CSV_COLUMNS = [
  "version",
  "released_on",
  "api_version",
  "compose_version",
  "confidence",
  "source",
] as const;
type Column = (typeof CSV_COLUMNS)[number];

const REQUIRED: readonly Column[] = ["version", "api_version", "confidence", "source"];
const CONFIDENCES = ["verified", "inferred", "unverified"] as const;

/** Reads a table of releases. Every problem is reported, with its line; with a problem, nothing should be imported. */
export function readReleaseCsv(text: string): ReleaseCsv {
  const csv = readCsv(text);
  if (csv.kind === "unreadable") return refused(csv.line, csv.message);
  const [header, ...rows] = csv.records;
  if (header === undefined) return refused(1, "The file is empty.");
  const columns = header.cells.map(columnName);
  const problems = headerProblems(header.cells, columns);
  if (problems.length > 0)
    return { releases: [], problems: problems.map((message) => ({ line: header.line, message })) };
  if (rows.length === 0) return refused(header.line, "The file has a header and no releases.");
  if (rows.length > CSV_ROWS_MAX)
    return refused(header.line, `The file has ${rows.length} releases; at most ${CSV_ROWS_MAX} are allowed.`);
  return readRows(columns, rows);
}

function refused(line: number, message: string): ReleaseCsv {
  return { releases: [], problems: [{ line, message }] };
}

/** Column names in any case, with spaces or hyphens for underscores. */
function columnName(text: string): string {
  return text
    .trim()
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");
}

function headerProblems(written: readonly string[], columns: readonly string[]): string[] {
  if (columns.length === 1 && written[0]?.includes(";"))
    return ["The columns are separated by semicolons. Save the file as comma-separated values."];
  const known: readonly string[] = CSV_COLUMNS;
  const missing = REQUIRED.filter((column) => !columns.includes(column));
  return [
    ...columns.flatMap((column, index) => {
      if (!known.includes(column)) return [unknownColumn(written[index] ?? "", column)];
      return columns.indexOf(column) < index ? [`The column ${column} is there twice.`] : [];
    }),
    ...missing.map((column) => `The column ${column} is missing.`),
  ];
}

function unknownColumn(written: string, column: string): string {
  const meant = nearest(column, CSV_COLUMNS, 3);
  const hint = meant === undefined ? `The columns are ${CSV_COLUMNS.join(", ")}.` : `Did you mean ${meant}?`;
  return `${quoted(written)} is not a column of this file. ${hint}`;
}

function readRows(
  columns: readonly string[],
  rows: readonly { line: number; cells: string[] }[],
): ReleaseCsv {
  const read: ReleaseCsv = { releases: [], problems: [] };
  const lines = new Map<string, number>();
  for (const { line, cells } of rows) {
    const { release, messages } = readRow(columns, cells);
    const earlier = lines.get(release.version);
    if (earlier !== undefined) messages.push(`${release.version} is also on line ${earlier}.`);
    lines.set(release.version, earlier ?? line);
    read.problems.push(...messages.map((message) => ({ line, message })));
    read.releases.push(release);
  }
  return read.problems.length > 0 ? { ...read, releases: [] } : read;
}

function readRow(columns: readonly string[], cells: readonly string[]) {
  const value = (column: Column): string | undefined => {
    const index = columns.indexOf(column);
    return index < 0 ? undefined : (cells[index] ?? "").trim();
  };
  const confidence = CONFIDENCES.find((each) => each === value("confidence")?.toLowerCase());
  const release: ReleaseLine = {
    version: value("version") ?? "",
    releasedOn: optional(value("released_on")),
    apiVersion: optional(value("api_version")) ?? null,
    composeVersion: optional(value("compose_version")),
    confidence: confidence ?? "unverified",
    source: value("source") ?? "",
  };
  return {
    release,
    messages: [...rowProblems(release, value("confidence"), confidence), ...widthProblems(columns, cells)],
  };
}

function optional(text: string | undefined): string | null | undefined {
  return text === "" ? null : text;
}

function widthProblems(columns: readonly string[], cells: readonly string[]): string[] {
  if (cells.length <= columns.length) return [];
  return [
    `The line has ${cells.length} values for ${columns.length} columns. Put values that contain a comma in quotation marks.`,
  ];
}

function rowProblems(
  release: ReleaseLine,
  written: string | undefined,
  confidence: string | undefined,
): string[] {
  const { version, releasedOn, apiVersion, composeVersion, source } = release;
  const problems: string[] = [];
  const check = (isRight: boolean, message: string) => {
    if (!isRight) problems.push(message);
  };
  check(isVersion(version), `version ${shown(version)} is not a version with three numbers, such as 4.45.0.`);
  check(
    isVersion(apiVersion),
    `api_version ${shown(apiVersion)} is not a version such as 0.4.2. Leave it empty if unknown.`,
  );
  check(
    isVersion(composeVersion),
    `compose_version ${shown(composeVersion)} is not a version such as 2.40.3. Leave it empty if unknown.`,
  );
  check(
    isDate(releasedOn),
    `released_on ${shown(releasedOn)} is not a date such as 2026-09-14. Leave it empty if unknown.`,
  );
  check(confidence !== undefined, `confidence ${shown(written)} is not one of ${CONFIDENCES.join(", ")}.`);
  check(source !== "", "source is empty. Say where you found the API version.");
  check(
    source.length <= SOURCE_CHARACTERS_MAX,
    `source has ${source.length} characters; at most ${SOURCE_CHARACTERS_MAX} are allowed.`,
  );
  check(!/[\p{Cc}\p{Cs}]/u.test(source), "source contains a control character or a line break.");
  return problems;
}

function shown(text: string | null | undefined): string {
  return text === null || text === undefined || text === "" ? "is empty and" : quoted(text);
}

function isVersion(text: string | null | undefined): boolean {
  return text === null || text === undefined || parseSemver(text) !== undefined;
}

function isDate(text: string | null | undefined): boolean {
  if (text === null || text === undefined) return true;
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  // JavaScript reads February 30 as March 2.
  return at !== undefined && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
