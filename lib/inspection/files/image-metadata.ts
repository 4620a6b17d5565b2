import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import type { Metadata } from "@/lib/extension/metadata/metadata-document";
import type { MetadataReport } from "@/lib/extension/report/inspection-report";
import { type FileAccess, type MetadataFile, readMetadataFile } from "@/lib/inspection/files/metadata-file";
import { type ParsedMetadata, READ_METADATA } from "@/lib/inspection/files/metadata-task";
import { runTask } from "@/lib/platform/threads/task-threads";

export type ImageMetadata = {
  /** metadata.json of the reference platform; null when it could not be read or parsed. */
  report: MetadataReport | null;
  /** True when the lookup failed on any platform. */
  unknown: boolean;
  /** The parsed file of each platform, in the order given; undefined where it could not be read or parsed. */
  documents: (Metadata | undefined)[];
  findings: Finding[];
};

type PlatformMetadata = {
  platform: string;
  file: MetadataFile;
  parsed: ParsedMetadata | undefined;
};

/**
 * Reads metadata.json of every platform in turn, the reference platform first. The report has proof `full` only if
 * every platform does, because a difference could hide in an unproven one.
 */
export async function readImageMetadata(
  accesses: readonly [FileAccess, ...FileAccess[]],
): Promise<ImageMetadata> {
  const [first, ...others] = accesses;
  const reference = await readOne(first);
  const rest: PlatformMetadata[] = [];
  for (const access of others) rest.push(await readOne(access));
  const all = [reference, ...rest];
  return {
    report: reportOf(reference, all),
    unknown: all.some(({ file }) => file.kind === "unknown"),
    documents: all.map(({ parsed }) => parsed?.document),
    findings: [
      ...all.flatMap(({ file, parsed }) => [...file.findings, ...(parsed?.findings ?? [])]),
      ...rest.flatMap((other) => divergence(reference, other)),
    ],
  };
}

async function readOne(access: FileAccess): Promise<PlatformMetadata> {
  const file = await readMetadataFile(access);
  const parsed = file.kind === "found" ? await runTask(READ_METADATA, file.bytes, access.turn) : undefined;
  return { platform: access.platform, file, parsed };
}

function reportOf(
  { file, parsed }: PlatformMetadata,
  all: readonly PlatformMetadata[],
): MetadataReport | null {
  if (file.kind !== "found" || parsed?.document === undefined) return null;
  const proven = all.every((one) => one.file.kind !== "unknown" && !isPartial(one.file));
  return {
    document: parsed.document,
    text: parsed.text,
    proof: proven ? "full" : "partial",
    layer: file.layer,
  };
}

function isPartial(file: MetadataFile): boolean {
  return file.kind === "found" && file.proof === "partial";
}

/** Skips platforms whose file is unknown: these have findings of their own. */
function divergence(reference: PlatformMetadata, other: PlatformMetadata): Finding[] {
  if (reference.file.kind === "unknown" || other.file.kind === "unknown") return [];
  const same =
    reference.file.kind === "found" && other.file.kind === "found"
      ? Buffer.compare(reference.file.bytes, other.file.bytes) === 0
      : reference.file.kind === other.file.kind;
  if (same) return [];
  return [
    makeFinding("metadata_divergence", { platform: reference.platform, otherPlatform: other.platform }),
  ];
}
