import type { Evidence } from "@/lib/extension/findings/finding-rule";
import {
  DOCKER_REFUSES,
  ERROR,
  type FindingRule,
  INFO,
  quotedValue,
  rawValue,
  WARNING,
} from "@/lib/extension/findings/finding-rule";

/** Findings about the content of metadata.json. Evidence `at` is a path in it, such as `ui.dashboard-tab.root`. */
export const METADATA_FINDINGS = {
  metadata_unknown_key: {
    severity: DOCKER_REFUSES,
    title: "Unknown key in metadata.json",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} is not a section of metadata.json. docker extension validate rejects it.`,
    suggestion: (evidence) =>
      `${didYouMean(evidence)}Remove the key. The sections are icon, ui, vm and host.`,
  },
  metadata_obsolete_key: {
    severity: DOCKER_REFUSES,
    title: "Obsolete key in metadata.json",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} is obsolete: Docker Desktop ignores it, and docker extension validate rejects it.`,
    suggestion: (evidence) => `Remove the key, and use the label ${rawValue(evidence, "instead")} instead.`,
  },
  metadata_unknown_field: {
    severity: WARNING,
    title: "Unknown field in metadata.json",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} is not a known field, so Gantry cannot tell what it does.`,
    suggestion: (evidence) => `${didYouMean(evidence)}Check the spelling, or remove the field.`,
  },
  metadata_rancher_key: {
    severity: INFO,
    title: "Rancher Desktop key",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} is a key for Rancher Desktop, which runs the command on the host.`,
    suggestion: () => "No action needed. Docker Desktop ignores the key.",
  },
  metadata_wrong_shape: {
    severity: WARNING,
    title: "Unexpected value in metadata.json",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} is ${rawValue(evidence, "found")}, but Gantry expected ${rawValue(evidence, "expected")}.`,
    suggestion: (evidence) => `Write ${rawValue(evidence, "expected")} at ${rawValue(evidence, "at")}.`,
  },
  metadata_list_too_long: {
    severity: WARNING,
    fixed: true,
    needsPerson: true,
    title: "List in metadata.json too long",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} has ${rawValue(evidence, "count")} items. Gantry reads the first ${rawValue(evidence, "limit")}.`,
    suggestion: () => "List each file once.",
  },
  metadata_no_section: {
    severity: WARNING,
    title: "No sections in metadata.json",
    message: () => "metadata.json has no ui, vm or host section, so the extension does nothing.",
    suggestion: () =>
      `Add a tab: "ui": { "dashboard-tab": { "title": "Disk Lens", "root": "/ui", "src": "index.html" } }`,
  },
  metadata_icon_missing: {
    severity: WARNING,
    title: "No icon in metadata.json",
    message: () => "metadata.json names no icon file. Rancher Desktop rejects extensions without one.",
    suggestion: () => `Add "icon": "icon.svg" and COPY the file into the image.`,
  },
  metadata_ui_incomplete: {
    severity: ERROR,
    title: "Incomplete dashboard tab",
    message: (evidence) =>
      `Docker Desktop cannot show the dashboard tab: ${quotedValue(evidence, "at")} is ${rawValue(evidence, "state")}.`,
    suggestion: () => `The tab needs all three: "title": "Disk Lens", "root": "/ui", "src": "index.html".`,
  },
  metadata_path_escapes: {
    severity: ERROR,
    title: "Path outside the image",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} is ${quotedValue(evidence, "value")}, which points outside the image. Gantry ignored it.${othersLike(evidence)}`,
    suggestion: () => "Use a path inside the image, such as /ui.",
  },
  metadata_path_not_local: {
    severity: WARNING,
    title: "URL instead of a path",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} is ${quotedValue(evidence, "value")}, but it must be a path inside the image.${othersLike(evidence)}`,
    suggestion: () => "COPY the file into the image, and use its path.",
  },
  metadata_path_invalid: {
    severity: WARNING,
    title: "Invalid path",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} is ${quotedValue(evidence, "value")}, ${whyInvalid(evidence)}. Gantry ignored it.${othersLike(evidence)}`,
    suggestion: (evidence) =>
      isBackslashed(evidence)
        ? `Use forward slashes, also for Windows files: ${String(evidence.value).replaceAll("\\", "/")}`
        : "Use a path of visible characters with forward slashes, such as /ui.",
  },
  metadata_composefile_absolute: {
    severity: INFO,
    title: "Absolute compose file path",
    message: (evidence) =>
      `vm.composefile is ${quotedValue(evidence, "value")}. Gantry reads it relative to the image's root.`,
    suggestion: () => "Remove the leading slash, as in the SDK samples.",
  },
  metadata_vm_ambiguous: {
    severity: DOCKER_REFUSES,
    title: "Both image and compose file",
    message: () => "vm names both an image and a compose file. Only one of them is allowed.",
    suggestion: () => "Remove either vm.image or vm.composefile.",
  },
  metadata_vm_incomplete: {
    severity: DOCKER_REFUSES,
    title: "Backend without image or compose file",
    message: () => "vm names neither an image nor a compose file, so there is no backend to run.",
    suggestion: () =>
      `Add "image": "\${DESKTOP_PLUGIN_IMAGE}" or "composefile": "docker-compose.yaml" to vm.`,
  },
  metadata_socket_invalid: {
    severity: WARNING,
    title: "Invalid socket name",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} is ${quotedValue(evidence, "value")}, but it must be a plain file name.`,
    suggestion: () => `Use a name such as "disk-lens.sock". The folder is fixed.`,
  },
  metadata_socket_mismatch: {
    severity: WARNING,
    title: "Socket names do not match",
    message: (evidence) =>
      `ui.dashboard-tab.backend.socket is ${quotedValue(evidence, "ui")}, but vm.exposes.socket is ${quotedValue(evidence, "vm")}.`,
    suggestion: () => "Use the same name in both places, or keep only vm.exposes.socket.",
  },
  metadata_socket_without_backend: {
    severity: INFO,
    title: "Socket without a backend",
    message: (evidence) =>
      `The dashboard tab names the socket ${quotedValue(evidence, "value")}, but no vm section exposes it.`,
    suggestion: () => `Remove ui.dashboard-tab.backend, or add "exposes": { "socket": … } to vm.`,
  },
  host_binaries_without_windows: {
    severity: WARNING,
    title: "No host files for Windows",
    message: () => "The extension installs host files, but none for Windows.",
    suggestion: () =>
      `Add "windows": [{ "path": "/windows/tool.exe" }] to host.binaries, or state in the description that Windows is not supported.`,
  },
  host_binaries_one_architecture: {
    severity: INFO,
    title: "Host files for one architecture",
    message: (evidence) =>
      `The name of the host file ${quotedValue(evidence, "path")} contains ${rawValue(evidence, "found")}, and there is no counterpart for ${rawValue(evidence, "expected")}.`,
    suggestion: () =>
      "Add a file for the other architecture. If the image of each platform has its own file under this name, no action is needed.",
  },
  host_binaries_missing_os: {
    severity: INFO,
    title: "No host files for one operating system",
    message: (evidence) => `The extension installs host files, but none for ${rawValue(evidence, "os")}.`,
    suggestion: (evidence) =>
      `Add "${rawValue(evidence, "os")}": [{ "path": … }] to host.binaries if the extension supports it.`,
  },
} satisfies Record<string, FindingRule>;

function didYouMean(evidence: Evidence): string {
  return typeof evidence.meant === "string" ? `Did you mean ${quotedValue(evidence, "meant")}? ` : "";
}

/** For a finding that covers `count` paths and names the first. */
function othersLike({ count }: Evidence): string {
  if (typeof count !== "number" || count < 2) return "";
  return count === 2
    ? " Another path in host.binaries is too."
    : ` So are ${count - 1} more in host.binaries.`;
}

function whyInvalid(evidence: Evidence): string {
  if (isBackslashed(evidence)) return "which has backslashes";
  return /^[ -~]*\/\.?$/.test(String(evidence.value))
    ? "which names a folder instead of a file"
    : "which is not a valid path";
}

function isBackslashed({ value }: Evidence): boolean {
  return String(value).includes("\\");
}
