import type { Finding } from "@/lib/extension/findings/finding";
import { createFindingList } from "@/lib/extension/findings/finding-list";
import type { JsonObject } from "@/lib/extension/json/json-text";
import { isDefaultIcon } from "@/lib/extension/labels/default-icon";
import type { Metadata } from "@/lib/extension/metadata/metadata-document";
import { readHost } from "@/lib/extension/metadata/metadata-host";
import {
  type MetadataReader,
  readFile,
  reportOtherSpelling,
  type Section,
} from "@/lib/extension/metadata/metadata-section";
import { decodeMetadata, parseMetadataText } from "@/lib/extension/metadata/metadata-text";
import { readUi } from "@/lib/extension/metadata/metadata-ui";
import { readVm } from "@/lib/extension/metadata/metadata-vm";
import { nearest } from "@/lib/extension/text/nearest";

const SECTIONS = ["icon", "ui", "vm", "host"];

/** Root keys of early previews, with their replacements. */
const OBSOLETE_KEYS = new Map([
  ["name", "org.opencontainers.image.title"],
  ["provider", "org.opencontainers.image.vendor"],
  ["desktop-plugin-version", "com.docker.desktop.extension.api.version"],
]);

/** Common misplaced root keys, with the intended place. */
const COMMON_SLIPS = new Map([
  ["dashboard-tab", "ui.dashboard-tab"],
  ["composefile", "vm.composefile"],
  ["image", "vm.image"],
  ["exposes", "vm.exposes"],
  ["binaries", "host.binaries"],
  ["hosts", "host"],
  ["backend", "vm"],
]);

const MAX_NOT_UNDERSTOOD = 100;

/**
 * Parses metadata.json. Never throws: `document` is undefined when the file is not a UTF-8 JSON object within 1 MiB
 * and 64 levels; unusable parts are null and listed in `notUnderstood`; problems become findings. `text` is the file
 * as found (empty beyond 1 MiB); it can contain any character, including U+0000.
 */
export function parseMetadata(bytes: Uint8Array): {
  document: Metadata | undefined;
  text: string;
  findings: Finding[];
} {
  const findings = createFindingList();
  const { text, usable } = decodeMetadata(bytes, findings);
  const fields = usable ? parseMetadataText(text, findings) : undefined;
  const document =
    fields === undefined ? undefined : readDocument({ findings, notUnderstood: new Set() }, fields);
  return { document, text, findings: findings.toArray() };
}

function readDocument(reader: MetadataReader, fields: JsonObject): Metadata {
  const root: Section = { at: "", fields };
  reportRootKeys(reader, root);
  // The icon does not affect the host: an unusable one is a finding, but not `unknown`.
  const icon = readFile({ ...reader, notUnderstood: new Set() }, root, "icon") ?? null;
  if (!fields.has("icon") || fields.get("icon") === "") reader.findings.add("metadata_icon_missing");
  if (icon !== null && isDefaultIcon(icon)) reader.findings.add("icon_default", { at: "icon", value: icon });
  const ui = readUi(reader, root);
  const vm = readVm(reader, root);
  const hostBinaries = readHost(reader, root);
  if (!SECTIONS.some((key) => key !== "icon" && fields.has(key))) reader.findings.add("metadata_no_section");
  compareSockets(reader, ui, vm);
  return {
    icon,
    ui,
    vm,
    hostBinaries,
    notUnderstood: [...reader.notUnderstood].slice(0, MAX_NOT_UNDERSTOOD),
  };
}

function reportRootKeys(reader: MetadataReader, root: Section): void {
  for (const key of root.fields.keys()) {
    if (SECTIONS.includes(key)) continue;
    reportOtherSpelling(reader, root, key, SECTIONS);
    const instead = OBSOLETE_KEYS.get(key);
    if (instead !== undefined) {
      reader.findings.add("metadata_obsolete_key", { at: key, instead });
      continue;
    }
    const meant = nearest(key.toLowerCase(), [...SECTIONS, ...COMMON_SLIPS.keys()], 1);
    const section = meant === undefined ? null : (COMMON_SLIPS.get(meant) ?? meant);
    reader.findings.add("metadata_unknown_key", { at: key, meant: section });
    reader.notUnderstood.add(key);
  }
}

function compareSockets({ findings }: MetadataReader, ui: Metadata["ui"], vm: Metadata["vm"]): void {
  const fromUi = ui?.backendSocket ?? null;
  const fromVm = vm?.exposesSocket ?? null;
  if (fromUi === null) return;
  if (fromVm === null) findings.add("metadata_socket_without_backend", { value: fromUi });
  else if (fromUi !== fromVm) findings.add("metadata_socket_mismatch", { ui: fromUi, vm: fromVm });
}
