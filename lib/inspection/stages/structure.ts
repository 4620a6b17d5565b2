import type { Finding } from "@/lib/extension/findings/finding";
import { parseDigest } from "@/lib/extension/reference/digest";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { withoutSecrets } from "@/lib/inspection/files/without-secrets";
import type { ImageSource } from "@/lib/inspection/image/image-source";
import { type ImageStructure, readImageStructure } from "@/lib/inspection/image/image-structure";
import { platformFindings } from "@/lib/inspection/image/platform-findings";
import type { PlatformImage } from "@/lib/inspection/image/platform-images";
import { nameOf } from "@/lib/inspection/image/reference-platform";
import type { RunningInspection } from "@/lib/inspection/inspect-options";
import type { InspectionProgress } from "@/lib/inspection/progress";
import { invalidReport } from "@/lib/inspection/report";
import { hasCode } from "@/lib/platform/errors";
import { storableJson } from "@/lib/platform/storable";
import type { FetchedManifest } from "@/lib/registry/requests/manifest";

/** The structure of an image with at least one platform. */
export type KnownStructure = Omit<ImageStructure, "images"> & { images: [PlatformImage, ...PlatformImage[]] };

/** `invalid`: the reference points to something other than a container image, and `report` says so. */
export type StructureStage =
  | { kind: "image"; structure: KnownStructure }
  | { kind: "invalid"; report: InspectionReport };

/** First stage of an inspection: reads the manifests and configs of all platforms. */
export async function readStructure(
  running: RunningInspection,
  source: ImageSource,
): Promise<StructureStage> {
  const root = await fetchRoot(source);
  if (root.kind === "not_an_image") return invalid(running, root, root.why);
  const structure = await readImageStructure(root.manifest, source, running.limits);
  const [first, ...others] = structure.images;
  if (first === undefined) return invalid(running, structure, structure.why, structure.findings);
  const known: KnownStructure = { ...structure, images: [first, ...others] };
  running.onProgress?.(imageRead(known));
  return { kind: "image", structure: known };
}

type Root =
  | { kind: "image"; manifest: FetchedManifest }
  | ({ kind: "not_an_image"; why: string } & Pick<ImageStructure, "digest" | "mediaType">);

/** Helm charts and other artifacts have a digest too, so the report can be stored under it. */
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
  { client, repository }: RunningInspection,
  root: Pick<ImageStructure, "digest" | "mediaType">,
  why: string,
  findings: readonly Finding[] = [],
): StructureStage {
  const { digest, mediaType } = root;
  const cost = { ...client.cost(), layerBytes: 0 };
  const report = invalidReport({ repository, digest, mediaType, why, findings, cost });
  return { kind: "invalid", report: storableJson(withoutSecrets(report)) };
}

function imageRead({ digest, mediaType, images, foreign, findings }: KnownStructure): InspectionProgress {
  return {
    step: "image",
    digest,
    mediaType,
    platforms: images.map(nameOf),
    findings: [...findings, ...platformFindings(images, foreign)],
  };
}
