import { performance } from "node:perf_hooks";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { withDeadline } from "@/lib/inspection/deadline";
import { withoutSecrets } from "@/lib/inspection/files/without-secrets";
import { createImageSource } from "@/lib/inspection/image/image-source";
import type { InspectOptions, RunningInspection } from "@/lib/inspection/inspect-options";
import { INSPECTION_LIMITS } from "@/lib/inspection/limits";
import type { InspectionProgress } from "@/lib/inspection/progress";
import { readContents } from "@/lib/inspection/stages/contents";
import { writeReport } from "@/lib/inspection/stages/evidence";
import { readStructure } from "@/lib/inspection/stages/structure";
import type { Media } from "@/lib/media/drawing/draw-picture";

/** `media`: the images that the report refers to by their SHA-256. */
export type Inspection = { report: InspectionReport; media: Media[] };

/**
 * Inspects one reference on its registry without pulling the image and without writing anything. The report is plain
 * JSON. An image that is not an extension, or content that is not an image, gives a report in state `invalid`. Throws
 * registry and network errors as `AppError`, `retryable` where a later attempt can succeed, and `limit_exceeded` for an
 * image beyond the limits. If it throws, there is no report, and nothing is claimed about the image.
 */
export async function inspect(options: InspectOptions): Promise<Inspection> {
  const { now = () => performance.now(), onProgress: report } = options;
  const limits = { ...INSPECTION_LIMITS, ...options.limits };
  const subject = `${options.repository}, ${options.reference}`;
  const deadline = { timeoutMs: limits.imageMs, signal: options.signal, subject };
  const onProgress = report && ((progress: InspectionProgress) => report(withoutSecrets(progress)));
  return withDeadline(deadline, (signal) =>
    runStages({
      ...options,
      client: options.client.metered(),
      limits,
      signal,
      onProgress,
      now,
      startedAt: now(),
    }),
  );
}

async function runStages(running: RunningInspection): Promise<Inspection> {
  const source = createImageSource(running);
  const stage = await readStructure(running, source);
  if (stage.kind === "invalid") return { report: stage.report, media: [] };
  const contents = await readContents(running, source, stage.structure);
  const report = await writeReport(running, stage.structure, contents);
  return { report, media: [...contents.files.media, ...contents.media.media] };
}
