import { performance } from "node:perf_hooks";
import { LayerBudget } from "@/lib/archive/layer-budget";
import { parseDigest } from "@/lib/extension/reference/digest";
import { platformName } from "@/lib/extension/reference/platform";
import type { Repository } from "@/lib/extension/reference/repository";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import type { SupplyChainReport } from "@/lib/extension/report/supply-chain-report";
import { withDeadline } from "@/lib/inspection/deadline";
import { distinctFindings } from "@/lib/inspection/distinct-findings";
import { inspectFiles } from "@/lib/inspection/files/inspect-files";
import { provenProgress, provisionalProgress } from "@/lib/inspection/files/metadata-progress";
import { withoutSecrets } from "@/lib/inspection/files/without-secrets";
import { backendImageFindings } from "@/lib/inspection/image/backend-images";
import { createImageSource, type ImageSource } from "@/lib/inspection/image/image-source";
import { type ImageStructure, readImageStructure } from "@/lib/inspection/image/image-structure";
import { type LabelledPlatform, READ_LABELS } from "@/lib/inspection/image/label-reading";
import { platformFindings } from "@/lib/inspection/image/platform-findings";
import type { PlatformImage } from "@/lib/inspection/image/platform-images";
import { referenceFirst } from "@/lib/inspection/image/reference-platform";
import { type LayerFacts, layerFactsInMemory } from "@/lib/inspection/layers/layer-facts";
import { LayerReader } from "@/lib/inspection/layers/layer-reader";
import { layerThreads } from "@/lib/inspection/layers/layer-threads";
import { INSPECTION_LIMITS, type InspectionLimits } from "@/lib/inspection/limits";
import type { InspectionProgress } from "@/lib/inspection/progress";
import { invalidReport, WRITE_REPORT } from "@/lib/inspection/report";
import { readSupplyChain } from "@/lib/inspection/supply-chain/supply-chain";
import type { Media } from "@/lib/media/drawing/draw-picture";
import { readLabelMedia } from "@/lib/media/label-media";
import type { MediaPort } from "@/lib/media/media-port";
import { hasCode } from "@/lib/platform/errors";
import type { Priority } from "@/lib/platform/places";
import { storableJson } from "@/lib/platform/storable";
import { runTask } from "@/lib/platform/threads/task-threads";
import type { MeteredRegistryClient, RegistryClient } from "@/lib/registry/client";
import type { FetchedManifest } from "@/lib/registry/requests/manifest";

export type InspectOptions = {
  client: RegistryClient;
  repository: Repository;
  /** A tag or a digest. */
  reference: string;
  /** What is known of layers from earlier inspections; by default nothing. */
  layerFacts?: LayerFacts;
  /** The way to pictures and pages that labels name; without it they are not checked. */
  media?: MediaPort | undefined;
  /** `registry`: referrers and signatures are asked for too, by a few requests. Default: only what the index lists. */
  supplyChain?: SupplyChainReport["looked"];
  /** `leave_out`: the registries of backend images are not asked, and no finding says so. */
  backendImages?: "ask" | "leave_out";
  limits?: Partial<InspectionLimits>;
  signal?: AbortSignal;
  /** Whether a person waits for it, which decides whose large texts are read first. Default: `interactive`. */
  priority?: Priority;
  /**
   * Called after each step, before the next one begins; must not throw. Only for somebody who waits is metadata.json
   * looked for in the smallest layers first, which the report's cost counts; what it says does not depend on it.
   */
  onProgress?: (progress: InspectionProgress) => void;
  /** Monotonic milliseconds. */
  now?: () => number;
};

/** `media` are the pictures that the report names by their sha256. */
export type Inspection = { report: InspectionReport; media: Media[] };

/**
 * Learns everything about one reference from its registry, without pulling the image and without writing anything.
 * The report is plain JSON. An image that is no extension, and content that is no image, give a report with state
 * `invalid`. Registry and network errors are thrown as `AppError`, `retryable` where a later try may succeed; so is
 * `limit_exceeded` for an image beyond the limits. No report then exists, and nothing is claimed about the image.
 */
export async function inspect(options: InspectOptions): Promise<Inspection> {
  const limits = { ...INSPECTION_LIMITS, ...options.limits };
  const subject = `${options.repository}, ${options.reference}`;
  const deadline = { timeoutMs: limits.imageMs, signal: options.signal, subject };
  const tell = options.onProgress;
  const onProgress = tell && ((progress: InspectionProgress) => tell(withoutSecrets(progress)));
  const { report, media } = await withDeadline(deadline, (signal) =>
    inspectWithin({ ...options, client: options.client.metered(), limits, signal, onProgress }),
  );
  return { report, media };
}

type Running = Omit<InspectOptions, "onProgress"> & {
  client: MeteredRegistryClient;
  limits: InspectionLimits;
  signal: AbortSignal;
  onProgress: InspectOptions["onProgress"] | undefined;
};

async function inspectWithin(running: Running): Promise<Inspection> {
  const { client, repository, limits, signal, onProgress, now = () => performance.now() } = running;
  const source = createImageSource(running);
  const root = await fetchRoot(source);
  if (root.kind === "not_an_image") return { report: invalid(running, root, root.why), media: [] };
  const structure = await readImageStructure(root.manifest, source, limits);
  const [first, ...others] = structure.images;
  if (first === undefined) return { report: invalid(running, structure, structure.why), media: [] };
  const reader = new LayerReader({
    open: source.layer,
    facts: running.layerFacts ?? layerFactsInMemory(),
    budget: new LayerBudget(limits, now),
    walkLayer: layerThreads().walk,
  });
  const images: [PlatformImage, ...PlatformImage[]] = [first, ...others];
  const known = { ...structure, images };
  onProgress?.(imageRead(known));
  const turn = { priority: running.priority, signal };
  const labels = await runTask(READ_LABELS, labelled(images), turn);
  onProgress?.({ step: "labels", findings: labels.findings });
  const [files, media] = await Promise.all([
    inspectFiles(images, {
      reader,
      limits,
      ownImage: `${repository}@${structure.digest}`,
      signal,
      priority: running.priority,
      now,
      onProvisional:
        onProgress &&
        ((provisional) =>
          onProgress(provisionalProgress(provisional, labels.platforms[0].read, reader.readBytes))),
      onMetadata: (metadata, provisional) => onProgress?.(provenProgress(metadata, provisional)),
      onCompose: ({ findings }) => onProgress?.({ step: "compose", findings }),
    }),
    readLabelMedia(labels.platforms[0].read, running.media, signal),
  ]);
  onProgress?.({ step: "media", findings: media.findings });
  const supplyChain = await readSupplyChain({
    client,
    repository,
    digest: structure.digest,
    statements: structure.statements,
    looked: running.supplyChain ?? "index",
    signal,
    priority: running.priority,
  });
  onProgress?.({ step: "supply_chain", findings: [] });
  const cost = () => ({ ...client.cost(), layerBytes: reader.readBytes });
  // Pictures are bytes, which no report has.
  const { media: pictures, ...read } = files;
  const learned = { repository, structure: known, labels, files: read, media, supplyChain, cost: cost() };
  const { report, backendImages: named } = await runTask(WRITE_REPORT, learned, turn);
  const backendImages = running.backendImages === "leave_out" ? [] : named;
  const backends = await backendImageFindings(backendImages, client.anonymous(), signal);
  return {
    report: {
      ...report,
      findings: distinctFindings([...report.findings, ...storableJson(withoutSecrets(backends))]),
      cost: { ...report.cost, ...cost() },
    },
    media: [...pictures, ...media.media],
  };
}

/** Only what is read of them: the layers of 256 platforms would be copied for nothing. */
function labelled(
  images: readonly [PlatformImage, ...PlatformImage[]],
): [LabelledPlatform, ...LabelledPlatform[]] {
  const [first, ...others] = referenceFirst(images);
  const own = ({ platform, labels }: LabelledPlatform) => ({ platform, labels });
  return [own(first), ...others.map(own)];
}

function imageRead({ digest, mediaType, images, findings }: ImageStructure): InspectionProgress {
  const platforms = images.map(({ platform }) => platform);
  return {
    step: "image",
    digest,
    mediaType,
    platforms: platforms.map(platformName),
    findings: [...findings, ...platformFindings(platforms)],
  };
}

type Root =
  | { kind: "image"; manifest: FetchedManifest }
  | ({ kind: "not_an_image"; why: string } & Pick<ImageStructure, "digest" | "mediaType">);

/** Helm charts and other artifacts have a digest too, so the report can be kept under it. */
async function fetchRoot(source: ImageSource): Promise<Root> {
  try {
    return { kind: "image", manifest: await source.root() };
  } catch (error) {
    if (!hasCode(error, "unsupported_media_type")) throw error;
    const digest = parseDigest(String(error.details?.digest));
    if (digest === undefined) throw error;
    const mediaType = String(error.details?.mediaType ?? "");
    return {
      kind: "not_an_image",
      digest,
      mediaType,
      why: error.message.replace(/(?:, not a container image)?\.$/, ""),
    };
  }
}

function invalid(
  { client, repository }: Running,
  root: Pick<ImageStructure, "digest" | "mediaType">,
  why: string,
): InspectionReport {
  const { digest, mediaType } = root;
  const cost = { ...client.cost(), layerBytes: 0 };
  return storableJson(withoutSecrets(invalidReport({ repository, digest, mediaType, why, cost })));
}
