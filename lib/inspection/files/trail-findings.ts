import type { Oddity } from "@/lib/archive/oddity";
import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import type { Trail } from "@/lib/inspection/files/file-trail";

/** What the way to a file says about the layers on it; `platform` goes into the evidence. */
export function trailFindings(trail: Trail, platform: string): Finding[] {
  return [
    ...trail.skipped.flatMap((one) => unreadFindings(one, platform)),
    ...oddityFindings(trail, platform),
  ];
}

/** Layers over a limit, and those that broke our reader, have no finding of their own: what they leave unknown says so. */
function unreadFindings({ layer, problem }: Trail["skipped"][number], platform: string): Finding[] {
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

function oddityFindings(trail: Trail, platform: string): Finding[] {
  return trail.oddities.map(({ layer, path, oddity }) => {
    const evidence = { path: `/${path}`, layer: layer.digest, platform };
    return oddity === "duplicate"
      ? makeFinding("duplicate_entry", evidence)
      : makeFinding("ambiguous_layer", { ...evidence, why: WHY[oddity] });
  });
}

const WHY: Record<Exclude<Oddity, "duplicate">, string> = {
  beside_whiteout: "one layer both holds it and deletes it",
  under_other: "one layer puts files below it although it is not a folder there",
  hardlink_order: "it is a hard link to a file that its layer does not hold before it, or deletes",
  through_link: "a layer writes below a folder that is a link or a file in a layer below",
  unread_folder: "a layer writes below a folder that a broken layer below may hold as a link",
  opaque_root: "a layer deletes all that is below it, which Docker does not do",
  outside_root: "a name in a layer leads out of the image's root",
  extended_headers: "the extended headers of an archive entry contradict one another or name other files",
  doubtful_prefix: "only some tools read a part of an entry's name",
  hidden_content: "a link or folder in the archive has content, which some tools read as further entries",
  sparse_file: "it is stored as a sparse file, which tools unpack differently",
  slash_file: "it is a file whose name ends in a slash",
  global_header: "a global archive header bears its name, and some tools remove what is there",
  aufs_name: "its name is one that AUFS keeps for itself",
  overlay_mark: "it holds a mark by which overlay file systems hide files",
};

/** Why the layers of a trail were not read, as a part of a sentence; undefined when all were. */
export function unreadReason(trail: Trail): string | undefined {
  const [first, ...others] = trail.skipped;
  if (first === undefined) return undefined;
  const more = others.length === 0 ? "" : ` (and ${others.length} more layers)`;
  return `the layer ${first.layer.digest} was not read because ${first.problem.reason}${more}`;
}
