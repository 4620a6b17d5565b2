import { jsonDifference, type KeyChange } from "@/lib/extension/difference/json-difference";
import { type TextDifference, textDifference } from "@/lib/extension/difference/text-difference";
import {
  foldedWords,
  replaced,
  type WordRun,
  wordDifference,
} from "@/lib/extension/difference/word-difference";
import type {
  ComposeReport,
  InspectionReport,
  PlatformReport,
} from "@/lib/extension/report/inspection-report";

/** Differences between the reports of two versions. `compareCapabilities` compares capabilities. */
export type ReportDifference = {
  /** Null when all platforms have the same requirement as before. */
  requirement: { before: string; after: string } | null;
  /** Platform names, such as `linux/arm64`. */
  platforms: { added: string[]; removed: string[] };
  /** By name. A label that differs between platforms has all its values, one per line. */
  labels: LabelChange[];
  metadata: FileDifference | null;
  /** By path. */
  compose: FileDifference[];
};

/** Null: absent. `words`: the shortened difference between `before` and `after`; empty when one is null. */
export type LabelChange = { name: string; before: string | null; after: string | null; words: WordRun[] };

export type FileDifference = {
  path: string;
  change: "added" | "removed" | "changed";
  /** Undefined when the file is not JSON. */
  keys: KeyChange[] | undefined;
  text: TextDifference;
};

/** The changes from `before` to `after`; unchanged parts are omitted. */
export function reportDifference(before: InspectionReport, after: InspectionReport): ReportDifference {
  const [old, now] = [requirementText(before), requirementText(after)];
  return {
    requirement: old === now ? null : { before: old, after: now },
    platforms: platformDifference(before.platforms, after.platforms),
    labels: labelDifference(before.platforms, after.platforms),
    metadata: metadataDifference(before.metadata?.text, after.metadata?.text),
    compose: composeDifference(textsOf(before.compose), textsOf(after.compose)),
  };
}

/** Whether there are no differences. */
export function isSame({ requirement, platforms, labels, metadata, compose }: ReportDifference): boolean {
  const changed = platforms.added.length + platforms.removed.length + labels.length + compose.length;
  return changed === 0 && requirement === null && metadata === null;
}

function requirementText({ requirements }: InspectionReport): string {
  return [...new Set(requirements.map(({ raw }) => raw ?? "none"))].join(" · ");
}

function platformDifference(before: readonly PlatformReport[], after: readonly PlatformReport[]) {
  const [old, now] = [before.map(titleOf), after.map(titleOf)];
  return {
    added: now.filter((title) => !old.includes(title)),
    removed: old.filter((title) => !now.includes(title)),
  };
}

function titleOf({ os, architecture, variant }: PlatformReport): string {
  return [os, architecture, variant].filter(Boolean).join("/");
}

function labelDifference(before: readonly PlatformReport[], after: readonly PlatformReport[]): LabelChange[] {
  const names = new Set([...before, ...after].flatMap(({ labels }) => Object.keys(labels)));
  let left = MAX_COMPARED_CHARACTERS;
  return [...names].sort().flatMap((name) => {
    const [old, now] = [labelText(name, before), labelText(name, after)];
    if (old === now) return [];
    left -= (old ?? "").length + (now ?? "").length;
    return [{ name, before: old, after: now, words: wordsBetween(old, now, left >= 0) }];
  });
}

/**
 * Longer labels are shown one below the other: a word difference would be unreadable, and takes seconds to compute.
 */
const MAX_COMPARED_CHARACTERS = 512 * 1024;

function wordsBetween(before: string | null, after: string | null, isCompared: boolean): WordRun[] {
  if (before === null || after === null) return [];
  return foldedWords(isCompared ? wordDifference(before, after) : replaced(before, after));
}

function labelText(name: string, platforms: readonly PlatformReport[]): string | null {
  const values = platforms.flatMap(({ labels }) => (Object.hasOwn(labels, name) ? [labels[name] ?? ""] : []));
  return values.length === 0 ? null : [...new Set(values)].join("\n");
}

const METADATA = "metadata.json";

function metadataDifference(before: string | undefined, after: string | undefined): FileDifference | null {
  const found = fileDifference(METADATA, before, after);
  if (found === undefined) return null;
  return { ...found, keys: jsonDifference(before ?? "{}", after ?? "{}") };
}

function composeDifference(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): FileDifference[] {
  const paths = new Set([...after.keys(), ...before.keys()]);
  return [...paths].flatMap((path) => fileDifference(path, before.get(path), after.get(path)) ?? []);
}

function textsOf(compose: ComposeReport | null): Map<string, string> {
  if (compose === null) return new Map();
  return new Map([compose, ...compose.files].map(({ path, text }) => [path, text]));
}

function fileDifference(
  path: string,
  before: string | undefined,
  after: string | undefined,
): FileDifference | undefined {
  if (before === after) return undefined;
  const change = before === undefined ? "added" : after === undefined ? "removed" : "changed";
  return { path, change, keys: undefined, text: textDifference(before ?? "", after ?? "") };
}
