import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import { describing } from "@/lib/extension/labels/annotations";
import type { Digest } from "@/lib/extension/reference/digest";
import {
  isExpected,
  normalizePlatform,
  type Platform,
  platformName,
} from "@/lib/extension/reference/platform";
import {
  type ImageConfig,
  READ_CONFIG,
  type Rootfs,
  type StartCommand,
  type TextlessLabel,
} from "@/lib/inspection/image/image-config";
import { type ImageCandidate, type ImageEntry, imageCandidates } from "@/lib/inspection/image/image-entry";
import { type ImageSource, isBeyondTheImage, isMissingPart } from "@/lib/inspection/image/image-source";
import { disagree, indexContradictions } from "@/lib/inspection/image/index-contradictions";
import { isNoPlatform } from "@/lib/inspection/image/index-entries";
import { layerClaimFindings } from "@/lib/inspection/image/layer-claims";
import type { ImagePlatform } from "@/lib/inspection/image/reference-platform";
import { mapConcurrently } from "@/lib/platform/map-concurrently";
import { runTask } from "@/lib/platform/threads/task-threads";
import type { Descriptor } from "@/lib/registry/oci/descriptor";
import { isAboutContent } from "@/lib/registry/oci/errors";

/** The image of one platform: its verified manifest and config. */
export type PlatformImage = ImagePlatform & {
  /** Whether Docker Desktop could choose this image. */
  selectable: boolean;
  digest: Digest;
  config: Descriptor;
  layers: Descriptor[];
  /** The layers according to the config, not yet compared with the manifest. */
  rootfs: Rootfs;
  created: string | null;
  /** As in the config, not yet bounded. */
  labels: Record<string, string>;
  /** Values that describe the extension, from the annotations of the index, its entry and the manifest. */
  annotations: Record<string, string>;
  environment: string[];
  start: StartCommand;
  history: string[];
};

export type PlatformImages = {
  images: PlatformImage[];
  /** Platforms of the other entries, which no Docker Desktop chooses, in index order and without repetition. */
  foreign: string[];
  findings: Finding[];
  /** Why entries were excluded that Docker Desktop could choose. */
  unread: string[];
};

/** What findings call an entry whose platform neither the index nor a read config names. */
const UNNAMED = "an unnamed platform";

/** The reason when the registry lacks a part of a platform: a fault of the registry rather than the image. */
export const PART_MISSING = "it is incomplete in the registry";

type Reading =
  | { kind: "image"; image: PlatformImage; findings: Finding[] }
  | { kind: "unusable"; entry: ImageCandidate; why: string; label?: TextlessLabel | undefined };

/**
 * Reads the manifest and config of each entry that Docker Desktop could choose, `parallel` at a time, or of every entry if
 * it could choose none. If several entries have the same platform, the first counts. Every excluded entry gets a finding,
 * which requires a review if Docker Desktop could choose the entry. Throws what `source` throws. An incomplete image is
 * excluded only if Docker Desktop does not need its platform.
 */
export async function readPlatformImages(
  entries: readonly ImageEntry[],
  source: ImageSource,
  parallel: number,
): Promise<PlatformImages> {
  const candidates = imageCandidates(entries);
  const selectable = candidates.filter((entry) => entry.selectable);
  const listed = firstOfEach(selectable.length > 0 ? selectable : candidates, (entry) => entry.platform);
  const others = candidates.filter((entry) => selectable.length > 0 && !entry.selectable);
  const readings = await mapConcurrently(listed.kept, parallel, (entry) => readEntry(entry, source));
  const images = readings.flatMap((reading) => (reading.kind === "image" ? [reading.image] : []));
  const unique = firstOfEach(images, (image) => image.platform);
  return {
    images: unique.kept,
    foreign: [...new Set(others.map(placeOf))],
    unread: readings.flatMap((reading) =>
      reading.kind === "unusable" && reading.entry.selectable ? [reading.why] : [],
    ),
    findings: [
      ...readings.flatMap(findingsOf),
      ...textlessLabelFindings(readings),
      ...[...new Set([...listed.repeated, ...unique.repeated])].map((platform) =>
        makeFinding("platform_duplicate", { platform }),
      ),
    ],
  };
}

function findingsOf(reading: Reading): Finding[] {
  if (reading.kind === "image") return reading.findings;
  const { entry, why, label } = reading;
  if (label !== undefined) return [];
  const platform = placeOf(entry);
  if (!entry.selectable) return [makeFinding("platform_unreadable", { platform, why })];
  return [makeFinding("image_not_inspected", { platform, image: entry.digest, why })];
}

/** One finding for each label, whose platforms have one cause: the builder. */
function textlessLabelFindings(readings: readonly Reading[]): Finding[] {
  const byLabel = new Map<string, { label: TextlessLabel; platforms: string[] }>();
  for (const reading of readings) {
    if (reading.kind === "image" || reading.label === undefined) continue;
    const { name, is } = reading.label;
    const known = byLabel.get(name ?? "") ?? { label: { name, is }, platforms: [] };
    byLabel.set(name ?? "", { ...known, platforms: [...known.platforms, placeOf(reading.entry)] });
  }
  return [...byLabel.values()].map(({ label: { name, is }, platforms }) =>
    makeFinding("label_not_text", { label: name ?? null, is, platform: platforms.join(" and ") }),
  );
}

function placeOf({ platform }: ImageEntry): string {
  if (platform === undefined) return UNNAMED;
  return platformName({ ...platform, architecture: platform.architecture || "unknown" });
}

/** Keeps all items without a platform. `repeated` names the platforms of selectable items that differ from the kept one. */
function firstOfEach<Item extends { selectable: boolean; digest: Digest }>(
  items: readonly Item[],
  platformOf: (item: Item) => Platform | undefined,
) {
  const seen = new Map<string, Digest>();
  const repeated = new Set<string>();
  const kept = items.filter((item) => {
    const platform = platformOf(item);
    if (platform === undefined) return true;
    const name = platformName(platform);
    const first = seen.get(name);
    if (first === undefined) return seen.set(name, item.digest);
    if (first !== item.digest && item.selectable) repeated.add(name);
    return false;
  });
  return { kept, repeated: [...repeated] };
}

async function readEntry(entry: ImageCandidate, source: ImageSource): Promise<Reading> {
  try {
    return await readImage(entry, source);
  } catch (error) {
    if (isMissingPart(error) && !isNeeded(entry.platform)) {
      return unusable(entry, PART_MISSING);
    }
    if (isBeyondTheImage(error)) throw error;
    if (isAboutContent(error)) return unusable(entry, withoutFullStop(error.message));
    throw error;
  }
}

async function readImage(entry: ImageCandidate, source: ImageSource): Promise<Reading> {
  if (entry.platform !== undefined && isNoPlatform(entry.platform)) {
    return unusable(entry, "the index gives its platform as unknown, but it is not an attestation");
  }
  const manifest = await source.manifest(entry.digest);
  const { digest, document } = manifest;
  if (document.kind === "index")
    return unusable(entry, "it is an index, but the parent index calls it a manifest");
  const configBytes = await source.config(document.config);
  const reading = await runTask(READ_CONFIG, configBytes, source.turn);
  if (reading.kind === "unreadable")
    return { ...unusable(entry, `its config is unusable: ${reading.why}`), label: reading.label };
  const { config } = reading;
  const platform = entry.platform ?? config.platform;
  if (platform === undefined || isNoPlatform(platform))
    return unusable(entry, "neither the index nor the config names its platform");
  const image: PlatformImage = {
    platform: normalizePlatform(platform),
    disputed: config.platform !== undefined && disagree(platform, config.platform),
    selectable: entry.selectable,
    digest,
    config: document.config,
    layers: document.layers,
    rootfs: config.rootfs,
    created: config.created,
    labels: config.labels,
    annotations: describing({ ...entry.annotations, ...document.annotations }),
    environment: config.environment,
    start: config.start,
    history: config.history,
  };
  const findings = [
    ...indexContradictions(entry, manifest, config, configBytes.length),
    ...ambiguities(image, config),
    ...(entry.selectable ? layerClaimFindings({ ...image, platform: platformName(platform) }) : []),
  ];
  return { kind: "image", image, findings };
}

function ambiguities({ platform }: PlatformImage, { oddities }: ImageConfig): Finding[] {
  return oddities.map((why) => makeFinding("config_ambiguous", { platform: platformName(platform), why }));
}

function unusable(entry: ImageCandidate, why: string): Extract<Reading, { kind: "unusable" }> {
  return { kind: "unusable", entry, why };
}

function isNeeded(platform: Platform | undefined): boolean {
  return platform === undefined || isExpected(platform);
}

function withoutFullStop(sentence: string): string {
  return sentence.replace(/\.$/, "");
}
