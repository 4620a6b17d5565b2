import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import type { Digest } from "@/lib/extension/reference/digest";
import type { FoundFile, ImageFiles, Lookup } from "@/lib/inspection/files/image-files";
import { traceFindings, unreadReason } from "@/lib/inspection/files/trace-findings";
import type { LayerReader } from "@/lib/inspection/layers/layer-reader";
import type { InspectionLimits } from "@/lib/inspection/limits";
import type { Turn } from "@/lib/platform/threads/thread-pool";

export const METADATA_PATH = "metadata.json";

/**
 * metadata.json of one platform. `unknown`: the lookup failed. `unusable`: something of that name exists, but it is
 * not a readable file. `proof` as in `MetadataReport`.
 */
export type MetadataFile = { findings: Finding[] } & (
  | { kind: "found"; bytes: Uint8Array; layer: Digest; proof: "full" | "partial" }
  | { kind: "absent" | "unusable" | "unknown" }
);

export type FileAccess = {
  files: ImageFiles;
  reader: LayerReader;
  platform: string;
  limits: InspectionLimits;
  /** Priority for the worker threads that parse files. */
  turn: Turn;
};

/** Reads metadata.json from the layers. Never throws because of the image's content; registry errors are thrown. */
export async function readMetadataFile(access: FileAccess): Promise<MetadataFile> {
  const lookup = await access.files.find(METADATA_PATH);
  const findings = traceFindings(lookup.trace, access.platform);
  const outcome = await outcomeOf(lookup, access);
  return { ...outcome, findings: [...findings, ...outcome.findings] };
}

async function outcomeOf(lookup: Lookup, access: FileAccess): Promise<MetadataFile> {
  const { platform } = access;
  const unread = unreadReason(lookup.trace);
  switch (lookup.kind) {
    case "file":
      return foundFile(lookup, unread, access);
    case "malformed":
      return {
        kind: "unknown",
        findings: [
          makeFinding("layer_unreadable", { layer: lookup.layer.digest, why: lookup.reason, platform }),
          unknown(`the layer ${lookup.layer.digest} is corrupt`, platform),
        ],
      };
    case "absent":
    case "not_a_file":
    case "broken_link":
      if (unread !== undefined) return { kind: "unknown", findings: [unknown(unread, platform)] };
      return lookup.kind === "absent"
        ? { kind: "absent", findings: [makeFinding("metadata_missing", { platform })] }
        : { kind: "unusable", findings: [unusableFinding(lookup, platform)] };
  }
}

function unusableFinding(
  lookup: Extract<Lookup, { kind: "not_a_file" | "broken_link" }>,
  platform: string,
): Finding {
  return lookup.kind === "not_a_file"
    ? makeFinding("metadata_not_a_file", { type: lookup.type, platform })
    : makeFinding("metadata_link_unresolved", { target: lookup.target, why: lookup.reason, platform });
}

async function foundFile(
  file: FoundFile,
  unread: string | undefined,
  { reader, limits, platform }: FileAccess,
): Promise<MetadataFile> {
  if (file.sizeBytes > limits.metadataBytes) {
    const evidence = { limitBytes: limits.metadataBytes, sizeBytes: file.sizeBytes, platform };
    return { kind: "unusable", findings: [makeFinding("metadata_too_large", evidence)] };
  }
  const body = await reader.body(file.layer, file.body);
  if ("reason" in body) return { kind: "unknown", findings: [unknown(body.reason, platform)] };
  const layer = file.layer.digest;
  if (unread === undefined) return { kind: "found", bytes: body.bytes, layer, proof: "full", findings: [] };
  const findings = [makeFinding("metadata_partial", { why: unread, platform })];
  return { kind: "found", bytes: body.bytes, layer, proof: "partial", findings };
}

function unknown(why: string, platform: string): Finding {
  return makeFinding("metadata_unknown", { why, platform });
}
