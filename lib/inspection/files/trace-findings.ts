import type { Oddity } from "@/lib/archive/oddity";
import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import type { LookupTrace } from "@/lib/inspection/files/lookup-trace";

/** Findings about the layers on the way to a file. Their evidence names `platform`. */
export function traceFindings(trace: LookupTrace, platform: string): Finding[] {
  return [
    ...trace.skipped.flatMap((one) => unreadFindings(one, platform)),
    ...oddityFindings(trace, platform),
  ];
}

/**
 * Layers beyond a limit, and those that crashed the reader, have no finding of their own. The parts that they leave
 * unknown do.
 */
function unreadFindings({ layer, problem }: LookupTrace["skipped"][number], platform: string): Finding[] {
  switch (problem.kind) {
    case "unsupported":
      return [
        makeFinding("layer_unsupported", { layer: layer.digest, compression: problem.compression, platform }),
      ];
    case "foreign":
      return [makeFinding("layer_foreign", { layer: layer.digest, platform })];
    case "over_limit":
    case "failed":
      return [];
  }
}

function oddityFindings(trace: LookupTrace, platform: string): Finding[] {
  return trace.oddities.map(({ layer, path, oddity }) => {
    const evidence = { path: `/${path}`, layer: layer.digest, platform };
    return oddity === "duplicate"
      ? makeFinding("duplicate_entry", evidence)
      : makeFinding("ambiguous_layer", { ...evidence, why: WHY[oddity] });
  });
}

const WHY: Record<Exclude<Oddity, "duplicate">, string> = {
  beside_whiteout: "one layer both contains and deletes it",
  under_other: "a layer has files below it although it is not a folder",
  hardlink_order: "it is a hard link to a file that its layer deletes or does not contain before the link",
  through_link: "a layer writes below a path that is a link or a file in a lower layer",
  unread_folder: "a layer writes below a folder that may be a link in a lower, unreadable layer",
  opaque_root: "a layer marks the root as opaque, which Docker ignores",
  outside_root: "a name in a layer points outside the image",
  extended_headers: "the extended headers of an archive entry conflict or name other files",
  doubtful_prefix: "tools differ in whether they read the prefix of an entry's name",
  hidden_content: "a link or folder in the archive has content, which some tools read as more entries",
  sparse_file: "it is stored as a sparse file, which tools unpack in different ways",
  slash_file: "it is a file whose name ends with a slash",
  global_header: "a global archive header has its name, and some tools delete the existing file",
  aufs_name: "its name is reserved by AUFS",
  overlay_mark: "it has a marker that overlay file systems use to hide files",
};

/** Why layers of the trace were not read, as part of a sentence; undefined when all were read. */
export function unreadReason(trace: LookupTrace): string | undefined {
  const [first, ...others] = trace.skipped;
  if (first === undefined) return undefined;
  const more = others.length === 0 ? "" : ` (and ${others.length} more layers)`;
  return `the layer ${first.layer.digest} was not read because ${first.problem.reason}${more}`;
}
