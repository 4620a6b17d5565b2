import { sampleOf } from "@/lib/extension/findings/file-evidence";
import type { FindingCode } from "@/lib/extension/findings/finding-codes";
import type { HostOs } from "@/lib/extension/metadata/host-os";
import { type ImagePathReading, readImageFilePath, readImagePath } from "@/lib/extension/metadata/image-path";
import type { Metadata } from "@/lib/extension/metadata/metadata-document";
import type { MetadataReader } from "@/lib/extension/metadata/metadata-section";

type HostFile = Metadata["hostBinaries"][number];

/** An item of a list in `host.binaries`. `at`: its place; `text`: its path as written. */
export type HostItem = { os: HostOs; at: string; text: string };

type Problem = Extract<ImagePathReading, { ok: false }>["problem"];
type ReadItem = HostItem & ({ kind: "file" | "folder"; path: string } | { kind: Problem });

const PROBLEMS = {
  escapes: "metadata_path_escapes",
  not_local: "metadata_path_not_local",
  invalid: "metadata_path_invalid",
} as const satisfies Record<Problem, FindingCode>;

/**
 * The paths of the items, folders with a trailing slash. A list can have hundreds of items with the same mistake, so
 * each kind of mistake is one finding, and one place per operating system that is not understood.
 */
export function readHostPaths(reader: MetadataReader, items: readonly HostItem[]): HostFile[] {
  const read = items.map(readItem);
  reportFolders(reader, read);
  for (const problem of ["escapes", "not_local", "invalid"] as const) reportProblem(reader, read, problem);
  return read.flatMap((item) => ("path" in item ? [{ os: item.os, path: item.path }] : []));
}

function readItem(item: HostItem): ReadItem {
  const file = readImageFilePath(item.text);
  if (file.ok) return { ...item, kind: "file", path: file.path };
  const folder = readImagePath(item.text);
  if (!folder.ok) return { ...item, kind: folder.problem };
  return { ...item, kind: "folder", path: folder.path === "/" ? "/" : `${folder.path}/` };
}

function reportFolders(reader: MetadataReader, items: readonly ReadItem[]): void {
  const folders = items.flatMap((item) => (item.kind === "folder" ? [item] : []));
  if (folders.length === 0) return;
  const paths = folders.map(({ path }) => path);
  reader.findings.add("host_file_is_folder", { count: new Set(paths).size, paths: sampleOf(paths) });
  markPlaces(reader, folders, "folders");
}

function reportProblem(reader: MetadataReader, items: readonly ReadItem[], problem: Problem): void {
  const wrong = items.filter(({ kind }) => kind === problem);
  const [first] = wrong;
  if (first === undefined) return;
  const one = { at: `${first.at}.path`, value: first.text };
  reader.findings.add(PROBLEMS[problem], wrong.length === 1 ? one : { ...one, count: wrong.length });
  markPlaces(reader, wrong, "unusable paths");
}

/** Marks the items as not understood: a single one by its place, several of an operating system together. */
function markPlaces(reader: MetadataReader, items: readonly HostItem[], what: string): void {
  for (const os of new Set(items.map((item) => item.os))) {
    const own = items.filter((item) => item.os === os);
    const [first, ...others] = own;
    const together = `host.binaries[].${os} (${own.length} ${what})`;
    reader.notUnderstood.add(first !== undefined && others.length === 0 ? first.at : together);
  }
}
