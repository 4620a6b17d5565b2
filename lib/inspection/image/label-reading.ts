import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import { createFindingList } from "@/lib/extension/findings/finding-list";
import { explainedByAnnotations } from "@/lib/extension/labels/annotations";
import { boundLabels } from "@/lib/extension/labels/label-limits";
import { isExtensionLabel, isOwnLabel, LABELS } from "@/lib/extension/labels/label-names";
import { type ExtensionLabels, readLabels } from "@/lib/extension/labels/labels";
import { familiarName, type Repository } from "@/lib/extension/reference/repository";
import { parseRequirement } from "@/lib/extension/requirement/requirement";
import { deciding, type ImagePlatform, nameOf } from "@/lib/inspection/image/reference-platform";
import type { Task } from "@/lib/platform/threads/task";

/** `annotations`: only those that would describe the extension if they were labels. */
export type LabelledPlatform = ImagePlatform & {
  labels: Record<string, string>;
  annotations: Record<string, string>;
};

export type LabelledImage = {
  repository: Repository;
  images: readonly [LabelledPlatform, ...LabelledPlatform[]];
};

export type PlatformLabels = {
  platform: string;
  /** Bounded by `boundLabels`. */
  raw: ReadonlyMap<string, string>;
  read: ExtensionLabels;
};

export type LabelReading = {
  /** In the order given, the reference platform first. */
  platforms: [PlatformLabels, ...PlatformLabels[]];
  findings: Finding[];
};

/** `readAllLabels` as a task for a worker thread: the configs of all platforms can have 16 MiB in total. */
export const READ_LABELS: Task<LabelledImage, LabelReading> = {
  module: "lib/inspection/image/label-reading",
  name: "READ_LABELS",
  run: readAllLabels,
  weigh: ({ images }) => images.reduce((sum, { labels }) => sum + labelCharacters(labels), 0),
};

/** Characters of all names and values. */
export function labelCharacters(labels: Record<string, string>): number {
  return Object.entries(labels).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
}

/**
 * Reads the labels of every platform. Findings are those of the first platform, then the differences of the others
 * from it, then problems with any platform's required API version. Only the platforms that decide have findings.
 * Missing labels whose values are annotations are one finding together.
 */
export function readAllLabels({ repository, images }: LabelledImage): LabelReading {
  const [first, ...others] = images;
  const reference = labelsOf(first);
  const rest = others.map(labelsOf);
  const platforms: LabelReading["platforms"] = [reference, ...rest];
  const own = readLabels(first.labels, familiarName(repository)).findings;
  const names = new Set(deciding(images).map(nameOf));
  const judged = platforms.filter(({ platform }) => names.has(platform));
  const findings = [
    ...own,
    ...judged.filter((other) => other !== reference).flatMap((other) => divergence(reference, other)),
    ...requirementFindings(judged, own),
  ];
  return { platforms, findings: explainedByAnnotations(findings, first) };
}

function labelsOf(image: LabelledPlatform): PlatformLabels {
  return {
    platform: nameOf(image),
    raw: boundLabels(image.labels, createFindingList()).values,
    read: readLabels(image.labels).labels,
  };
}

/** Labels that do not describe the extension (build time, base image) can differ. */
function divergence(reference: PlatformLabels, other: PlatformLabels): Finding[] {
  const names = [...new Set([...reference.raw.keys(), ...other.raw.keys()])];
  return names
    .filter((name) => isOwnLabel(name) || isExtensionLabel(name))
    .filter((name) => reference.raw.get(name) !== other.raw.get(name))
    .map((label) =>
      makeFinding("label_divergence", { label, platform: reference.platform, otherPlatform: other.platform }),
    );
}

function requirementFindings(platforms: readonly PlatformLabels[], known: readonly Finding[]): Finding[] {
  const missingIsKnown = known.some((finding) => finding.code === "requirement_missing");
  return platforms.flatMap(({ raw, platform }): Finding[] => {
    const value = raw.get(LABELS.apiVersion);
    if (value === undefined || value.trim() === "") {
      const state = value === undefined ? "missing" : "empty";
      const evidence = { label: LABELS.apiVersion, state, platform };
      return missingIsKnown ? [] : [makeFinding("requirement_missing", evidence)];
    }
    const requirement = parseRequirement(value);
    if (requirement.kind === "unreadable") {
      return [makeFinding("requirement_unreadable", { value, platform }, requirement.message)];
    }
    return requirement.bare ? [makeFinding("requirement_bare", { value, platform })] : [];
  });
}
