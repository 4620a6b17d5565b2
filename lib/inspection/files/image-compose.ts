import type { ComposeReading } from "@/lib/extension/compose/compose";
import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import type { Metadata } from "@/lib/extension/metadata/metadata-document";
import type { ComposeReport } from "@/lib/extension/report/inspection-report";
import { type ComposeProject, readComposeProject } from "@/lib/inspection/files/compose-files";
import type { FileAccess } from "@/lib/inspection/files/metadata-file";

export type ImageCompose = {
  /** The project of the reference platform; null when there is none, or when it could not be read. */
  report: ComposeReport | null;
  /** The reading for each platform, in the order given; undefined where metadata.json names no compose file. */
  readings: (ComposeReading | undefined)[];
  findings: Finding[];
};

type PlatformCompose = { platform: string; project: ComposeProject | undefined };

/**
 * Reads the Compose project of every platform, the reference platform first. The report has proof `full` only if
 * every platform does, because a difference could hide in an unproven one.
 */
export async function readImageCompose(
  platforms: readonly { access: FileAccess; document: Metadata | undefined }[],
  ownImage: string,
): Promise<ImageCompose> {
  const all: PlatformCompose[] = [];
  for (const { access, document } of platforms) {
    const path = document?.vm?.composefile ?? null;
    const project = path === null ? undefined : await readComposeProject({ path, ownImage }, access);
    all.push({ platform: access.platform, project });
  }
  return {
    report: reportOf(all),
    readings: all.map(({ project }) => project?.reading),
    findings: [
      ...all.flatMap(({ project }) => project?.findings ?? []),
      ...all.slice(1).flatMap((other) => divergence(all[0], other)),
    ],
  };
}

function reportOf(all: readonly PlatformCompose[]): ComposeReport | null {
  const report = all[0]?.project?.report ?? null;
  if (report === null) return null;
  const isPartial = all.some(({ project }) => project?.report?.proof === "partial");
  return isPartial ? { ...report, proof: "partial" } : report;
}

/** Compares only platforms with the same metadata.json and available files. The others have findings of their own. */
function divergence(reference: PlatformCompose | undefined, other: PlatformCompose): Finding[] {
  const [first, second] = [reference?.project?.report, other.project?.report];
  if (!reference || !first || !second || textsOf(first) === textsOf(second)) return [];
  const evidence = { platform: reference.platform, otherPlatform: other.platform };
  return [makeFinding("compose_divergence", evidence)];
}

function textsOf({ path, text, files }: ComposeReport): string {
  return JSON.stringify([path, text, files.map((file) => [file.path, file.text])]);
}
