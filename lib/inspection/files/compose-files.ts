import { normalizeImagePath } from "@/lib/archive/entry-path";
import type { ComposeReading } from "@/lib/extension/compose/compose";
import { COMPOSE_LIMITS, type ImageFile } from "@/lib/extension/compose/compose-files";
import type { Finding } from "@/lib/extension/findings/finding";
import type { ComposeReport } from "@/lib/extension/report/inspection-report";
import { readComposeAside } from "@/lib/inspection/files/compose-task";
import type { FoundFile, Lookup } from "@/lib/inspection/files/image-files";
import type { FileAccess } from "@/lib/inspection/files/metadata-file";
import { traceFindings, unreadReason } from "@/lib/inspection/files/trace-findings";

/** The Compose project of one platform. `report` is null when its main file is not available. */
export type ComposeProject = { report: ComposeReport | null; reading: ComposeReading; findings: Finding[] };

export type ComposeWanted = {
  /** The path as in metadata.json, with or without a leading slash. */
  path: string;
  /** The value of `${DESKTOP_PLUGIN_IMAGE}`. */
  ownImage: string;
};

type Read = { image: ImageFile; found?: FoundFile; isProven: boolean; findings: Finding[] };

/**
 * Reads the compose file that metadata.json names, and every image file that it needs, by the same rules as
 * metadata.json. Missing parts become findings and entries of `reading.unknown`. Registry errors are thrown.
 */
export async function readComposeProject(wanted: ComposeWanted, access: FileAccess): Promise<ComposeProject> {
  const path = `/${normalizeImagePath(wanted.path) ?? wanted.path}`;
  const question = { path, ownImage: wanted.ownImage };
  const read = new Map<string, Read>();
  const files = () => new Map([...read].map(([name, { image }]) => [name, image]));
  let reading = await readComposeAside({ ...question, files: files() }, access.turn);
  while (reading.needs.length > 0 && read.size <= COMPOSE_LIMITS.files) {
    for (const need of reading.needs) read.set(need, await readFile(need, access));
    reading = await readComposeAside({ ...question, files: files() }, access.turn);
  }
  const findings = [...[...read.values()].flatMap((each) => each.findings), ...reading.findings];
  const report = reportOf(path, read);
  return { report: report && { ...report, newKeys: reading.newKeys }, reading, findings };
}

async function readFile(path: string, access: FileAccess): Promise<Read> {
  const lookup = await access.files.find(path);
  const findings = traceFindings(lookup.trace, access.platform);
  const isProven = unreadReason(lookup.trace) === undefined;
  if (lookup.kind !== "file") return { image: absence(lookup, isProven), isProven, findings };
  if (lookup.sizeBytes > access.limits.composeBytes) return { image: "unreadable", isProven, findings };
  const body = await access.reader.body(lookup.layer, lookup.body);
  return { image: "bytes" in body ? body.bytes : "unreadable", found: lookup, isProven, findings };
}

function absence(lookup: Exclude<Lookup, { kind: "file" }>, isProven: boolean): "absent" | "unreadable" {
  return isProven && lookup.kind !== "malformed" ? "absent" : "unreadable";
}

function reportOf(path: string, read: ReadonlyMap<string, Read>): ComposeReport | null {
  const main = read.get(path);
  if (main?.found === undefined || !(main.image instanceof Uint8Array)) return null;
  return {
    path,
    layer: main.found.layer.digest,
    text: textOf(main.image),
    files: [...read].flatMap(([name, { found, image }]) =>
      name === path || found === undefined || !(image instanceof Uint8Array)
        ? []
        : [{ path: name, layer: found.layer.digest, text: textOf(image) }],
    ),
    proof: [...read.values()].every(({ isProven }) => isProven) ? "full" : "partial",
  };
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder("utf-8").decode(bytes);
}
