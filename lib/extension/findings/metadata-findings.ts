import type { Evidence } from "@/lib/extension/findings/finding-rule";
import {
  DOCKER_REFUSES,
  ERROR,
  type FindingRule,
  INFO,
  plain,
  said,
  WARNING,
} from "@/lib/extension/findings/finding-rule";

/** Findings about what stands in metadata.json. Evidence `at` is the place in it, such as `ui.dashboard-tab.root`. */
export const METADATA_FINDINGS = {
  metadata_unknown_key: {
    severity: DOCKER_REFUSES,
    title: "Unknown key in metadata.json",
    message: (evidence) =>
      `${said(evidence, "at")} is not a section of metadata.json; docker extension validate refuses it.`,
    suggestion: (evidence) => `${didYouMean(evidence)}Remove it. The sections are icon, ui, vm and host.`,
  },
  metadata_obsolete_key: {
    severity: DOCKER_REFUSES,
    title: "Obsolete key in metadata.json",
    message: (evidence) =>
      `${said(evidence, "at")} is no longer read, and docker extension validate refuses it.`,
    suggestion: (evidence) => `Remove it; use the label ${plain(evidence, "instead")} instead.`,
  },
  metadata_unknown_field: {
    severity: WARNING,
    title: "Unknown field in metadata.json",
    message: (evidence) =>
      `${said(evidence, "at")} is not a known field, so nothing is known about its effect.`,
    suggestion: (evidence) => `${didYouMean(evidence)}Remove it, or check its spelling.`,
  },
  metadata_rancher_key: {
    severity: INFO,
    title: "Key for Rancher Desktop only",
    message: (evidence) =>
      `${said(evidence, "at")} is read by Rancher Desktop only; it runs a command on the host there.`,
    suggestion: () => "Nothing to do; Docker Desktop leaves it out.",
  },
  metadata_wrong_shape: {
    severity: WARNING,
    title: "Section of metadata.json not understood",
    message: (evidence) =>
      `${said(evidence, "at")} is ${plain(evidence, "found")} where ${plain(evidence, "expected")} is expected; it is not understood.`,
    suggestion: (evidence) => `Write ${plain(evidence, "expected")} at ${plain(evidence, "at")}.`,
  },
  metadata_list_too_long: {
    severity: WARNING,
    fixed: true,
    needsPerson: true,
    title: "List in metadata.json too long",
    message: (evidence) =>
      `${said(evidence, "at")} has ${plain(evidence, "count")} items; Gantry reads the first ${plain(evidence, "limit")}.`,
    suggestion: () => "List each file once.",
  },
  metadata_no_section: {
    severity: WARNING,
    title: "metadata.json without a section",
    message: () => "metadata.json has none of the sections ui, vm and host, so the extension does nothing.",
    suggestion: () =>
      `Add a tab: "ui": { "dashboard-tab": { "title": "Disk Lens", "root": "/ui", "src": "index.html" } }`,
  },
  metadata_icon_missing: {
    severity: WARNING,
    title: "No icon in metadata.json",
    message: () => "metadata.json names no icon file; Rancher Desktop refuses such an extension.",
    suggestion: () => `Add "icon": "icon.svg" and COPY the file into the image.`,
  },
  metadata_ui_incomplete: {
    severity: ERROR,
    title: "Dashboard tab not complete",
    message: (evidence) =>
      `The dashboard tab cannot be shown: ${said(evidence, "at")} is ${plain(evidence, "state")}.`,
    suggestion: () => `It needs all three: "title": "Disk Lens", "root": "/ui", "src": "index.html".`,
  },
  metadata_path_escapes: {
    severity: ERROR,
    title: "Path leaves the image",
    message: (evidence) =>
      `${said(evidence, "at")} is ${said(evidence, "value")}, which leads out of the image's root; it is left out.`,
    suggestion: () => "Give a path inside the image, such as /ui.",
  },
  metadata_path_not_local: {
    severity: WARNING,
    title: "Address where a path must stand",
    message: (evidence) =>
      `${said(evidence, "at")} is ${said(evidence, "value")}, but only a path inside the image may stand there.`,
    suggestion: () => "COPY the file into the image and give its path.",
  },
  metadata_path_invalid: {
    severity: WARNING,
    title: "Path not usable",
    message: (evidence) =>
      `${said(evidence, "at")} is ${said(evidence, "value")}, which is not a usable path; it is left out.`,
    suggestion: () => "Give a path with forward slashes and visible characters only, such as /ui.",
  },
  metadata_composefile_absolute: {
    severity: INFO,
    title: "Absolute path of the compose file",
    message: (evidence) => `vm.composefile is ${said(evidence, "value")}; it is read from the image's root.`,
    suggestion: () => "Write it without the leading slash, as in the SDK's samples.",
  },
  metadata_vm_ambiguous: {
    severity: DOCKER_REFUSES,
    title: "Both image and compose file",
    message: () => "vm names both an image and a compose file; only one of them may stand there.",
    suggestion: () => "Keep vm.composefile and remove vm.image, or the other way round.",
  },
  metadata_vm_incomplete: {
    severity: DOCKER_REFUSES,
    title: "Backend without image or compose file",
    message: () => "vm names neither an image nor a compose file, so no backend can run.",
    suggestion: () =>
      `Add "image": "\${DESKTOP_PLUGIN_IMAGE}" or "composefile": "docker-compose.yaml" to vm.`,
  },
  metadata_socket_invalid: {
    severity: WARNING,
    title: "Socket name not usable",
    message: (evidence) =>
      `${said(evidence, "at")} is ${said(evidence, "value")}; a plain file name must stand there.`,
    suggestion: () => `Give a name such as "disk-lens.sock"; the folder is fixed.`,
  },
  metadata_socket_mismatch: {
    severity: WARNING,
    title: "Two different sockets",
    message: (evidence) =>
      `ui.dashboard-tab.backend.socket is ${said(evidence, "ui")}, but vm.exposes.socket is ${said(evidence, "vm")}.`,
    suggestion: () => "Use the same name in both, or keep vm.exposes.socket only.",
  },
  metadata_socket_without_backend: {
    severity: INFO,
    title: "Socket without a backend",
    message: (evidence) =>
      `The dashboard tab names the socket ${said(evidence, "value")}, but no vm section exposes it.`,
    suggestion: () => `Remove ui.dashboard-tab.backend, or add "exposes": { "socket": … } to vm.`,
  },
  host_binaries_without_windows: {
    severity: WARNING,
    title: "No host files for Windows",
    message: () => "Files are installed on the host, but none of them on Windows.",
    suggestion: () =>
      `Add "windows": [{ "path": "/windows/tool.exe" }] to host.binaries, or say in the description that Windows is not supported.`,
  },
  host_binaries_one_architecture: {
    severity: INFO,
    title: "Host files of one architecture",
    message: (evidence) =>
      `The host file ${said(evidence, "path")} says ${plain(evidence, "found")} in its name, and there is none for ${plain(evidence, "expected")} beside it.`,
    suggestion: () =>
      "If each platform's image carries its own file under this name, nothing is to do. Otherwise add a file for the other architecture.",
  },
  host_binaries_missing_os: {
    severity: INFO,
    title: "No host files for an operating system",
    message: (evidence) => `Files are installed on the host, but none of them on ${plain(evidence, "os")}.`,
    suggestion: (evidence) =>
      `Add "${plain(evidence, "os")}": [{ "path": … }] to host.binaries if it is meant to work there.`,
  },
} satisfies Record<string, FindingRule>;

function didYouMean(evidence: Evidence): string {
  return typeof evidence.meant === "string" ? `Did you mean ${said(evidence, "meant")}? ` : "";
}
