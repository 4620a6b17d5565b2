import type { ImageFiles, Located } from "@/lib/inspection/files/image-files";
import { unreadReason } from "@/lib/inspection/files/trace-findings";
import type { Program } from "@/lib/inspection/layers/program";
import type { Similar, SimilarPaths } from "@/lib/inspection/named-files/similar-path";

/**
 * What the image has at a path that metadata.json names. `missing`: certain, because all layers were read and unpackers
 * agree. `why`: part of a sentence. `path`: without the links on the way to it.
 */
export type Place =
  | { kind: "file"; program: Program | undefined }
  | { kind: "folder"; path: string; deepest: number }
  | { kind: "missing"; why: string | undefined; similar: Similar | undefined }
  | { kind: "unknown"; why: string };

/** An image to look into. `steps`: see `InspectionLimits.namedFileSteps`. */
export type SearchedImage = { files: ImageFiles; similar: SimilarPaths; steps: number };

/** Looks up a path. */
export async function placeOf(path: string, image: SearchedImage): Promise<Place> {
  const { files, steps } = image;
  if (files.steps > steps) return { kind: "unknown", why: "it names too many files in too many layers" };
  const located = await files.locate(path);
  switch (located.kind) {
    case "file":
      return { kind: "file", program: located.program };
    case "malformed":
      return { kind: "unknown", why: `the layer ${located.layer.digest} is corrupt` };
    case "not_a_file":
      if (located.type === "folder") return { kind: "folder", path: located.path, deepest: located.deepest };
      return { kind: "missing", why: "it is a device or other special file", similar: undefined };
    case "absent":
    case "broken_link":
      return missingOrUnknown(path, located, image);
  }
}

async function missingOrUnknown(
  path: string,
  located: Extract<Located, { kind: "absent" | "broken_link" }>,
  { files, similar, steps }: SearchedImage,
): Promise<Place> {
  const unread = unreadReason(located.trace);
  if (unread !== undefined) return { kind: "unknown", why: unread };
  const doubts = await files.doubts(steps);
  if (!doubts.complete) return { kind: "unknown", why: "it has too many folders in too many layers" };
  if (located.trace.oddities.length > 0 || doubts.oddities.some((oddity) => oddity.path === ""))
    return { kind: "unknown", why: "programs that unpack images differ about its layers" };
  const why = located.kind === "broken_link" ? `it is a link, and ${located.reason}` : undefined;
  const { at } = located;
  return {
    kind: "missing",
    why,
    similar: at === undefined ? undefined : await similar.spelledOtherwise(path, at),
  };
}
