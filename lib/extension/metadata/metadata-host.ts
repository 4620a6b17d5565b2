import type { JsonValue } from "@/lib/extension/json/json-text";
import type { HostOs } from "@/lib/extension/metadata/host-os";
import type { Metadata } from "@/lib/extension/metadata/metadata-document";
import { type HostItem, readHostPaths } from "@/lib/extension/metadata/metadata-host-paths";
import {
  type MetadataReader,
  notUnderstood,
  placeOf,
  readSection,
  readText,
  reportOtherFields,
  type Section,
} from "@/lib/extension/metadata/metadata-section";

type HostFile = Metadata["hostBinaries"][number];

export const HOST_SYSTEMS = ["darwin", "windows", "linux"] as const satisfies readonly HostOs[];

/** Keys of Rancher Desktop, which runs each as a command on the host. */
const RANCHER_KEYS = ["x-rd-install", "x-rd-uninstall", "x-rd-shutdown"];

/** Further files are not read one by one. */
const MAX_FILES = 1000;

/** `host.binaries`: the files copied to hosts, by operating system. Several objects add up. */
export function readHost(reader: MetadataReader, root: Section): HostFile[] {
  const host = readSection(reader, root, "host");
  if (host === undefined) return [];
  reportOtherFields(reader, host, ["binaries", ...RANCHER_KEYS]);
  const files = distinct(readBinaries(reader, host));
  for (const key of RANCHER_KEYS.filter((name) => host.fields.has(name))) {
    reader.findings.add("metadata_rancher_key", { at: placeOf(host, key) });
    // With host files, such a command is part of the same capability; alone, nothing else would show it.
    if (files.length === 0) reader.notUnderstood.add(placeOf(host, key));
  }
  reportMissingSystems(reader, files);
  reportArchitectures(reader, files);
  return files;
}

function readBinaries(reader: MetadataReader, host: Section): HostFile[] {
  const binaries = host.fields.get("binaries");
  const at = placeOf(host, "binaries");
  if (binaries === undefined) return [];
  if (!Array.isArray(binaries)) {
    notUnderstood(reader, at, binaries, "a list of objects");
    return [];
  }
  const items = upTo(reader, at, binaries).flatMap((item, index) =>
    readGroup(reader, item, `${at}[${index}]`),
  );
  return readHostPaths(reader, upTo(reader, at, items));
}

/** The first `MAX_FILES` items of a list. A longer list counts as not understood. */
function upTo<Item>(reader: MetadataReader, at: string, list: readonly Item[]): Item[] {
  if (list.length > MAX_FILES) {
    reader.findings.add("metadata_list_too_long", { at, count: list.length, limit: MAX_FILES });
    reader.notUnderstood.add(at);
  }
  return list.slice(0, MAX_FILES);
}

function readGroup(reader: MetadataReader, item: JsonValue, at: string): HostItem[] {
  if (!(item instanceof Map)) {
    notUnderstood(reader, at, item, "an object with darwin, windows or linux");
    return [];
  }
  const group: Section = { at, fields: item };
  reportOtherFields(reader, group, HOST_SYSTEMS);
  return HOST_SYSTEMS.flatMap((os) => readItems(reader, group, os));
}

function readItems(reader: MetadataReader, group: Section, os: HostOs): HostItem[] {
  const list = group.fields.get(os);
  if (list === undefined) return [];
  if (!Array.isArray(list)) {
    notUnderstood(reader, placeOf(group, os), list, 'a list of { "path": … }');
    return [];
  }
  return upTo(reader, placeOf(group, os), list).flatMap((item, index) => {
    const at = `${placeOf(group, os)}[${index}]`;
    const file: Section = { at, fields: item instanceof Map ? item : new Map() };
    reportOtherFields(reader, file, ["path"]);
    if (!file.fields.has("path")) {
      notUnderstood(reader, at, item, 'an object with "path"');
      return [];
    }
    const text = readText(reader, file, "path");
    if (text === undefined) reader.notUnderstood.add(at);
    return text === undefined ? [] : [{ os, at, text }];
  });
}

function distinct(files: HostFile[]): HostFile[] {
  return [...new Map(files.map((file) => [`${file.os} ${file.path}`, file])).values()];
}

function reportMissingSystems(reader: MetadataReader, files: HostFile[]): void {
  if (files.length === 0) return;
  for (const os of HOST_SYSTEMS) {
    if (files.some((file) => file.os === os)) continue;
    if (os === "windows") reader.findings.add("host_binaries_without_windows");
    else reader.findings.add("host_binaries_missing_os", { os });
  }
}

const ARCHITECTURES = [
  ["amd64", /(?<![a-z0-9])(?:amd64|x86[-_]64|x64|amd)(?![a-z0-9])/i],
  ["arm64", /(?<![a-z0-9])(?:arm64|aarch64|arm)(?![a-z0-9])/i],
] as const;

/** Lists have no architectures, so a name with one needs its counterpart in the same list. */
function reportArchitectures(reader: MetadataReader, files: HostFile[]): void {
  for (const os of HOST_SYSTEMS) {
    const paths = files.filter((file) => file.os === os).map(({ path }) => path);
    const named = ARCHITECTURES.map(([name, pattern]) => ({
      name,
      path: paths.find((path) => pattern.test(path)),
    }));
    const [amd64, arm64] = named;
    const only = amd64?.path === undefined ? arm64 : amd64;
    const other = only === amd64 ? arm64 : amd64;
    if (only?.path === undefined || other === undefined || other.path !== undefined) continue;
    reader.findings.add("host_binaries_one_architecture", {
      os,
      path: only.path,
      found: only.name,
      expected: other.name,
    });
  }
}
