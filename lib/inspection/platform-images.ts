import type { Digest } from "@/lib/extension/digest";
import type { Finding } from "@/lib/extension/finding";
import { makeFinding } from "@/lib/extension/finding-codes";
import {
  EXPECTED_PLATFORMS,
  normalisePlatform,
  type Platform,
  platformName,
  samePlatform,
} from "@/lib/extension/platform";
import { boundedMap } from "@/lib/inspection/bounded-map";
import { type ImageConfig, READ_CONFIG } from "@/lib/inspection/image-config";
import { type ImageSource, isBeyondTheImage, isMissingPart } from "@/lib/inspection/image-source";
import { isNoPlatform } from "@/lib/inspection/index-entries";
import { runTask } from "@/lib/platform/threads/task-threads";
import type { Descriptor } from "@/lib/registry/descriptor";
import { isAboutContent } from "@/lib/registry/errors";

/** The image of one platform: its manifest and its config, both verified. */
export type PlatformImage = {
  platform: Platform;
  digest: Digest;
  config: Descriptor;
  layers: Descriptor[];
  created: string | null;
  /** As in the config, not yet bounded. */
  labels: Record<string, string>;
  environment: string[];
  history: string[];
};

/** A manifest to look at, with the platform that the index gives it. */
export type ImageEntry = { digest: Digest; platform?: Platform | undefined };

/** `unnamed`: why entries without a platform were left out. */
export type PlatformImages = { images: PlatformImage[]; findings: Finding[]; unnamed: string[] };

type Reading =
  | { kind: "image"; image: PlatformImage; findings: Finding[] }
  | { kind: "unusable"; platform: Platform | undefined; why: string };

/**
 * Reads manifest and config of each entry, `parallel` at a time. Of several entries for one platform the first counts.
 * An entry that is no image is left out, with a finding where the index gives it a platform; so is an incomplete one
 * for a platform that Docker Desktop does not run. Throws what `source` throws.
 */
export async function readPlatformImages(
  entries: readonly ImageEntry[],
  source: ImageSource,
  parallel: number,
): Promise<PlatformImages> {
  const listed = firstOfEach(entries, (entry) => entry.platform);
  const readings = await boundedMap(listed.kept, parallel, (entry) => readEntry(entry, source));
  const images = readings.flatMap((reading) => (reading.kind === "image" ? [reading.image] : []));
  const unique = firstOfEach(images, (image) => image.platform);
  return {
    images: unique.kept,
    unnamed: readings.flatMap((reading) =>
      reading.kind === "unusable" && reading.platform === undefined ? [reading.why] : [],
    ),
    findings: [
      ...readings.flatMap(findingsOf),
      ...[...listed.repeated, ...unique.repeated].map((platform) =>
        makeFinding("platform_duplicate", { platform }),
      ),
    ],
  };
}

function findingsOf(reading: Reading): Finding[] {
  if (reading.kind === "image") return reading.findings;
  if (reading.platform === undefined) return [];
  const platform = platformName(reading.platform);
  return [makeFinding("platform_unreadable", { platform, why: reading.why })];
}

/** Items without a platform are all kept; `repeated` names each platform once. */
function firstOfEach<Item>(items: readonly Item[], platformOf: (item: Item) => Platform | undefined) {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  const kept = items.filter((item) => {
    const platform = platformOf(item);
    if (platform === undefined) return true;
    const name = platformName(platform);
    if (seen.has(name)) repeated.add(name);
    return !seen.has(name) && seen.add(name);
  });
  return { kept, repeated: [...repeated] };
}

async function readEntry(entry: ImageEntry, source: ImageSource): Promise<Reading> {
  try {
    return await readImage(entry, source);
  } catch (error) {
    if (isMissingPart(error) && !isNeeded(entry.platform)) {
      return unusable(entry, "the registry does not have all of it");
    }
    if (isBeyondTheImage(error)) throw error;
    if (isAboutContent(error)) return unusable(entry, withoutFullStop(error.message));
    throw error;
  }
}

async function readImage(entry: ImageEntry, source: ImageSource): Promise<Reading> {
  const { digest, document } = await source.manifest(entry.digest);
  if (document.kind === "index") return unusable(entry, "it is an index where a manifest is announced");
  const reading = await runTask(READ_CONFIG, await source.config(document.config), source.turn);
  if (reading.kind === "unreadable") return unusable(entry, `its config cannot be used: ${reading.why}`);
  const { config } = reading;
  const platform = entry.platform ?? config.platform;
  if (platform === undefined || isNoPlatform(platform))
    return unusable(entry, "neither index nor config name its platform");
  const image: PlatformImage = {
    platform: normalisePlatform(platform),
    digest,
    config: document.config,
    layers: document.layers,
    created: config.created,
    labels: config.labels,
    environment: config.environment,
    history: config.history,
  };
  return {
    kind: "image",
    image,
    findings: [...contradictions(platform, config), ...ambiguities(image, config)],
  };
}

function ambiguities({ platform }: PlatformImage, { oddities }: ImageConfig): Finding[] {
  return oddities.map((why) => makeFinding("config_ambiguous", { platform: platformName(platform), why }));
}

function unusable(entry: ImageEntry, why: string): Reading {
  return { kind: "unusable", platform: entry.platform, why };
}

/** A missing variant contradicts none: many builders write it into the index only. */
function contradictions(listed: Platform, config: ImageConfig): Finding[] {
  if (config.platform === undefined) return [];
  const compared = { ...config.platform, variant: config.platform.variant ?? listed.variant };
  const same = samePlatform(normalisePlatform(compared), listed);
  if (same) return [];
  return [
    makeFinding("platform_contradiction", {
      index: platformName(listed),
      config: platformName(config.platform),
    }),
  ];
}

function isNeeded(platform: Platform | undefined): boolean {
  return platform === undefined || EXPECTED_PLATFORMS.some((expected) => samePlatform(expected, platform));
}

function withoutFullStop(sentence: string): string {
  return sentence.replace(/\.$/, "");
}
