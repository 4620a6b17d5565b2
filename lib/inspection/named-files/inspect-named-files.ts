import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import type { Metadata } from "@/lib/extension/metadata/metadata-document";
import { EXPECTED_PLATFORMS, samePlatform } from "@/lib/extension/reference/platform";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { ImageFiles } from "@/lib/inspection/files/image-files";
import type { InspectedFiles } from "@/lib/inspection/files/inspect-files";
import type { LayerSource } from "@/lib/inspection/files/layer-view";
import type { PlatformImage } from "@/lib/inspection/image/platform-images";
import { nameOf } from "@/lib/inspection/image/reference-platform";
import type { LayerReader } from "@/lib/inspection/layers/layer-reader";
import { namedFileFindings } from "@/lib/inspection/named-files/missing-findings";
import { optionalLayers } from "@/lib/inspection/named-files/optional-layers";
import { type PlatformFiles, platformFiles } from "@/lib/inspection/named-files/platform-files";
import {
  hasOneArchitecture,
  type PlatformPrograms,
  programFindings,
} from "@/lib/inspection/named-files/program-findings";
import { hasOwnBackend, haveSameLayers } from "@/lib/inspection/named-files/same-layers";
import { startedPrograms } from "@/lib/inspection/named-files/started-programs";

export type NamedFilesOptions = {
  /** The extension's own repository. */
  repository: string;
  /** `leave_out`: reads no layer, and reports only what the manifests show. */
  mode: InspectionReport["namedFiles"];
  reader: LayerReader;
  /** See `InspectionLimits.namedFileSteps`. */
  steps: number;
  /** Time for further layers. */
  timeoutMs: number;
  signal: AbortSignal;
};

/** The image of a platform that Docker Desktop runs. `isBackend`: it is a backend of the extension, too. */
type RunImage = { image: PlatformImage; document: Metadata; isBackend: boolean };
type Looked = { files: PlatformFiles; programs: PlatformPrograms };

/**
 * Looks for the files that metadata.json names in the images that Docker Desktop runs, compares the machines of
 * programs, and adds the findings. Reads further layers, but neither their limits nor errors of the registry end the
 * inspection. Throws only the reason of `signal`.
 */
export async function inspectNamedFiles(
  files: InspectedFiles,
  options: NamedFilesOptions,
): Promise<InspectedFiles> {
  const images = runImages(files, options.repository);
  const source = optionalLayers(options);
  const looked: Looked[] = [];
  if (options.mode === "look_up") {
    for (const image of images) looked.push(await lookInto(image, source, options.steps));
  }
  const sameLayers = sameLayersFindings(images, looked);
  const findings = [
    ...namedFileFindings(looked.map((each) => each.files)),
    ...sameLayers,
    ...programFindings(
      looked.map(({ programs }) => programs),
      sameLayers.length > 0,
    ),
  ];
  return { ...files, findings: [...files.findings.filter(isNotSaidBy(findings)), ...findings] };
}

function runImages({ platforms, documents, compose }: InspectedFiles, repository: string): RunImage[] {
  return platforms.flatMap((image, at) => {
    const document = documents[at];
    if (document === undefined || !EXPECTED_PLATFORMS.some((one) => samePlatform(one, image.platform)))
      return [];
    return [{ image, document, isBackend: hasOwnBackend(document, compose.readings[at], repository) }];
  });
}

async function lookInto(
  { image, document, isBackend }: RunImage,
  source: LayerSource,
  steps: number,
): Promise<Looked> {
  const files = new ImageFiles(image.layers, source);
  const platform = nameOf(image);
  const found = await platformFiles(platform, document, files, steps);
  const started = isBackend ? await startedPrograms(image, files) : [];
  const { architecture } = image.platform;
  return { files: found, programs: { platform, architecture, started, host: found.host } };
}

/** Pages are the same for every architecture, so only backends and programs for the host count. */
function sameLayersFindings(images: readonly RunImage[], looked: readonly Looked[]): Finding[] {
  if (!haveSameLayers(images.map(({ image }) => image))) return [];
  const isBackend = images.some((image) => image.isBackend);
  const hasPrograms = looked.some(({ programs }) => hasOneArchitecture(programs));
  if (!isBackend && !hasPrograms) return [];
  return [
    makeFinding("platform_same_layers", {
      what: isBackend ? "a backend of its own" : "programs for the host",
    }),
  ];
}

/** The icon and the compose file were looked up before, without comparing platforms. */
function isNotSaidBy(findings: readonly Finding[]): (finding: Finding) => boolean {
  const said = new Set(findings.map(({ code, evidence }) => `${code} ${fromRoot(evidence.path)}`));
  return ({ code, evidence }) =>
    (code !== "icon_missing_in_layers" && code !== "compose_file_missing") ||
    !said.has(`${code} ${fromRoot(evidence.path)}`);
}

function fromRoot(path: Finding["evidence"][string] | undefined): string {
  return `/${String(path).replace(/^\/+/, "")}`;
}
