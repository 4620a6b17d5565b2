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

/** What a version says otherwise than an earlier one. Capabilities are compared by `compareCapabilities`. */
export type ReportDifference = {
  /** Null where every platform asks for the same as before. */
  requirement: { before: string; after: string } | null;
  /** `linux/arm64`. */
  platforms: { added: string[]; removed: string[] };
  /** By name; a label whose values differ between platforms has them all, a line for each. */
  labels: LabelChange[];
  metadata: FileDifference | null;
  /** By path. */
  compose: FileDifference[];
};

/** Null = it is not there. `words`: how `after` differs from `before`, shortened for reading; empty where one is null. */
export type LabelChange = { name: string; before: string | null; after: string | null; words: WordRun[] };

export type FileDifference = {
  path: string;
  change: "added" | "removed" | "changed";
  /** Undefined where it is no JSON. */
  keys: KeyChange[] | undefined;
  text: TextDifference;
};

/** What `after` changes against `before`; what it leaves as it was is not in it. */
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

/** True when there is nothing in it. */
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

/** Labels beyond this are shown one below the other: nobody reads so many words, and comparing them takes seconds. */
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
