import { LayerBudget } from "@/lib/archive/layer-budget";
import { type InspectedFiles, inspectFiles } from "@/lib/inspection/files/inspect-files";
import { provenProgress, provisionalProgress } from "@/lib/inspection/files/metadata-progress";
import type { ImageSource } from "@/lib/inspection/image/image-source";
import { type LabelledPlatform, type LabelReading, READ_LABELS } from "@/lib/inspection/image/label-reading";
import { referenceFirst } from "@/lib/inspection/image/reference-platform";
import type { RunningInspection } from "@/lib/inspection/inspect-options";
import { layerFactsInMemory } from "@/lib/inspection/layers/layer-facts";
import { LayerReader } from "@/lib/inspection/layers/layer-reader";
import { layerThreads } from "@/lib/inspection/layers/layer-threads";
import { inspectNamedFiles } from "@/lib/inspection/named-files/inspect-named-files";
import type { KnownStructure } from "@/lib/inspection/stages/structure";
import { type LabelMedia, readLabelMedia } from "@/lib/media/label-media";
import { runTask } from "@/lib/platform/threads/task-threads";

/** What the image itself contains. `layerBytes`: bytes of layers transferred. */
export type Contents = {
  labels: LabelReading;
  files: InspectedFiles;
  media: LabelMedia;
  layerBytes: number;
};

/** Second stage of an inspection: reads the labels, then the files in the layers and the media that labels link to. */
export async function readContents(
  running: RunningInspection,
  source: ImageSource,
  { images, digest }: KnownStructure,
): Promise<Contents> {
  const { repository, limits, signal, priority, onProgress, now } = running;
  const reader = new LayerReader({
    open: source.layer,
    facts: running.layerFacts ?? layerFactsInMemory(),
    budget: new LayerBudget(limits, now),
    walkLayer: layerThreads().walk,
  });
  const labels = await runTask(READ_LABELS, { repository, images: labelled(images) }, { priority, signal });
  onProgress?.({ step: "labels", findings: labels.findings });
  const { read } = labels.platforms[0];
  const mode = running.namedFiles ?? "look_up";
  const lookForNamed = (found: InspectedFiles) =>
    inspectNamedFiles(found, {
      ...{ repository, mode, reader, signal },
      steps: limits.namedFileSteps,
      timeoutMs: namedFilesMs(running),
    });
  const [files, media] = await Promise.all([
    inspectFiles(images, {
      ...{ reader, limits, signal, priority, now },
      ownImage: `${repository}@${digest}`,
      onProvisional:
        onProgress && ((found) => onProgress(provisionalProgress(found, read, reader.readBytes))),
      onMetadata: (metadata, provisional) => onProgress?.(provenProgress(metadata, provisional)),
      onCompose: ({ findings }) => onProgress?.({ step: "compose", findings }),
    }).then(lookForNamed),
    readLabelMedia(read, running.media, signal),
  ]);
  onProgress?.({ step: "media", findings: media.findings });
  return { labels, files, media, layerBytes: reader.readBytes };
}

/** Only what the task reads: copying the layers of 256 platforms into a thread would be wasted work. */
function labelled(images: KnownStructure["images"]): [LabelledPlatform, ...LabelledPlatform[]] {
  const [first, ...others] = referenceFirst(images);
  const own = ({ platform, disputed, labels, annotations }: LabelledPlatform) => ({
    platform,
    disputed,
    labels,
    annotations,
  });
  return [own(first), ...others.map(own)];
}

/** At most half of the time that is left, so that the rest of the inspection has the other half. */
function namedFilesMs({ limits, now, startedAt }: RunningInspection): number {
  const leftMs = Math.max(0, limits.imageMs - (now() - startedAt));
  return Math.floor(Math.min(limits.namedFilesMs, leftMs / 2));
}
