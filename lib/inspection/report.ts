import { readCapabilities } from "@/lib/extension/capabilities/capabilities";
import { mergeCapabilities } from "@/lib/extension/capabilities/merge-capabilities";
import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import { LABELS } from "@/lib/extension/labels/label-names";
import { type ExtensionLabels, readLabels } from "@/lib/extension/labels/labels";
import { UNKNOWN_PLATFORM } from "@/lib/extension/reference/platform";
import { isExtensionImage } from "@/lib/extension/report/extension-image";
import type { InspectionReport, PlatformReport } from "@/lib/extension/report/inspection-report";
import { NO_MEDIA } from "@/lib/extension/report/media-report";
import {
  attestedBy,
  NOTHING_KNOWN,
  type SupplyChainReport,
} from "@/lib/extension/report/supply-chain-report";
import { vendorFindings } from "@/lib/extension/vendors/vendor-check";
import { distinctFindings } from "@/lib/inspection/distinct-findings";
import type { InspectedFiles } from "@/lib/inspection/files/inspect-files";
import { secretFindings } from "@/lib/inspection/files/secret-findings";
import { withoutSecrets } from "@/lib/inspection/files/without-secrets";
import type { ImageStructure } from "@/lib/inspection/image/image-structure";
import {
  type LabelReading,
  labelCharacters,
  type PlatformLabels,
} from "@/lib/inspection/image/label-reading";
import { platformFindings } from "@/lib/inspection/image/platform-findings";
import type { PlatformImage } from "@/lib/inspection/image/platform-images";
import { deciding, nameOf } from "@/lib/inspection/image/reference-platform";
import { INSPECTOR_VERSION } from "@/lib/inspection/inspector-version";
import type { LabelMedia } from "@/lib/media/label-media";
import { storableJson } from "@/lib/platform/storable";
import type { Task } from "@/lib/platform/threads/task";

type ReadCost = Omit<InspectionReport["cost"], "imageBytes">;

type Known = {
  repository: string;
  cost: ReadCost;
  structure: Omit<ImageStructure, "images"> & { images: [PlatformImage, ...PlatformImage[]] };
  /** The reference platform first. */
  labels: LabelReading;
  files: Omit<InspectedFiles, "media">;
  media: LabelMedia;
  supplyChain: SupplyChainReport;
  namedFiles: InspectionReport["namedFiles"];
};

/**
 * `extensionReport` as a task for a worker thread, ready for storage: without secrets, and without characters that
 * databases reject. This scans every text of the image, some of them twice.
 */
export const WRITE_REPORT: Task<Known, WrittenReport> = {
  module: "lib/inspection/report",
  name: "WRITE_REPORT",
  run: (known) => {
    const report = extensionReport(known);
    return { report: storableJson(withoutSecrets(report)), backendImages: report.capabilities.backendImages };
  },
  weigh: ({ structure, files }) =>
    structure.images.reduce((sum, image) => sum + textCharacters(image), 0) +
    fileTexts(files).reduce((sum, { text }) => sum + text.length, 0),
};

/** `backendImages`: references as the image names them, for the check at their registries. */
type WrittenReport = { report: InspectionReport; backendImages: string[] };

function textCharacters({ labels, environment, history }: PlatformImage): number {
  return [...environment, ...history].reduce((sum, { length }) => sum + length, labelCharacters(labels));
}

/** Combines everything known about an image into one document, and decides whether it is an extension. */
function extensionReport(known: Known): InspectionReport {
  const { repository, cost, structure, labels, files, media, supplyChain } = known;
  const { images, digest, mediaType } = structure;
  const attestations = attestedBy(supplyChain);
  const [reference] = labels.platforms;
  const byPlatform = new Map(labels.platforms.map((each) => [each.platform, each]));
  const isExtension = mayBeExtension(images, labels.platforms, files);
  const findings = [
    ...structure.findings,
    ...platformFindings(images, structure.foreign),
    ...labels.findings,
    ...files.findings,
    ...media.findings,
    ...labels.platforms.flatMap(({ read }) => vendorFindings(read.vendor, repository)),
    ...secretFindings(images, fileTexts(files)),
    ...(attestations.provenance || !supplyChain.complete ? [] : [makeFinding("provenance_missing")]),
  ];
  return {
    schema: 1,
    inspectorVersion: INSPECTOR_VERSION,
    repository,
    digest,
    mediaType,
    state: isExtension ? "inspected" : "invalid",
    platforms: images.map((image) => platformReport(image, byPlatform.get(nameOf(image)))),
    attestations,
    labels: reference.read,
    requirements: deciding(images).map((image) => {
      const platform = nameOf(image);
      return { platform, raw: byPlatform.get(platform)?.raw.get(LABELS.apiVersion) ?? null };
    }),
    metadata: files.metadata.report,
    compose: files.compose.report,
    icon: files.icon,
    media: isExtension ? media.report : NO_MEDIA,
    supplyChain,
    capabilities: capabilitiesOf(files, byPlatform, reference.read),
    namedFiles: known.namedFiles,
    findings: distinctFindings(isExtension ? findings : foreignFindings(files)),
    cost: { ...cost, imageBytes: imageBytes(images) },
  };
}

function fileTexts({ metadata, compose }: Known["files"]): { place: string; text: string }[] {
  return [
    ...(metadata.report === null ? [] : [{ place: "metadata.json", text: metadata.report.text }]),
    ...(compose.report === null ? [] : [compose.report, ...compose.report.files]).map(({ path, text }) => ({
      place: `the file ${path}`,
      text,
    })),
  ];
}

/** An image with unread parts counts as a possible extension, so that it is not called something else. */
function mayBeExtension(
  images: readonly PlatformImage[],
  labels: readonly PlatformLabels[],
  { metadata, documents }: Known["files"],
): boolean {
  // Annotations that should be labels show the same intent.
  const raw = [
    ...labels.map((each) => Object.fromEntries(each.raw)),
    ...images.map((each) => each.annotations),
  ];
  return metadata.unknown || [undefined, ...documents].some((document) => isExtensionImage(raw, document));
}

/** Omits label findings for an image that was never meant to be an extension. */
function foreignFindings({ metadata }: Known["files"]): Finding[] {
  const broken = metadata.findings.filter((finding) => finding.code !== "metadata_missing");
  return [makeFinding("not_an_extension"), ...broken];
}

export type NotAnImage = {
  repository: string;
  cost: ReadCost;
  why: string;
  findings: readonly Finding[];
} & Pick<ImageStructure, "digest" | "mediaType">;

/** The report on content that is not a container image. Of `findings`, only errors count: they say why. */
export function invalidReport({
  repository,
  digest,
  mediaType,
  why,
  findings,
  cost,
}: NotAnImage): InspectionReport {
  const errors = findings.filter(({ severity }) => severity === "error");
  const { labels } = readLabels({});
  return {
    schema: 1,
    inspectorVersion: INSPECTOR_VERSION,
    repository,
    digest,
    mediaType,
    state: "invalid",
    platforms: [],
    attestations: attestedBy(NOTHING_KNOWN),
    labels,
    requirements: [],
    metadata: null,
    compose: null,
    icon: null,
    media: NO_MEDIA,
    supplyChain: NOTHING_KNOWN,
    capabilities: readCapabilities(undefined, labels),
    namedFiles: "leave_out",
    findings: errors.length > 0 ? errors : [makeFinding("not_an_image", { mediaType, why })],
    cost: { ...cost, imageBytes: 0 },
  };
}

/** A disputed platform is unknown, so that no host is offered it. */
function platformReport(image: PlatformImage, labels: PlatformLabels | undefined): PlatformReport {
  const { os, architecture, variant } = image.disputed ? UNKNOWN_PLATFORM : image.platform;
  return {
    os,
    architecture,
    variant: variant ?? null,
    digest: image.digest,
    configDigest: image.config.digest,
    sizeBytes: image.layers.reduce((sum, layer) => sum + layer.sizeBytes, image.config.sizeBytes),
    created: image.created,
    labels: Object.fromEntries(labels?.raw ?? []),
  };
}

function capabilitiesOf(
  { platforms, documents, compose }: Known["files"],
  byPlatform: ReadonlyMap<string, PlatformLabels>,
  fallback: ExtensionLabels,
) {
  const [first, ...others] = platforms.map((image, at) =>
    readCapabilities(documents[at], byPlatform.get(nameOf(image))?.read ?? fallback, compose.readings[at]),
  );
  return first === undefined ? readCapabilities(undefined, fallback) : mergeCapabilities([first, ...others]);
}

/** Bytes that a full pull of all platforms would transfer. */
function imageBytes(images: readonly PlatformImage[]): number {
  const blobs = images.flatMap((image) => [image.config, ...image.layers]);
  const sizes = new Map(blobs.map((blob) => [blob.digest, blob.sizeBytes]));
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}
