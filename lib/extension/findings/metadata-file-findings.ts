import {
  ERROR,
  type FindingRule,
  quotedValue,
  rawValue,
  WARNING,
} from "@/lib/extension/findings/finding-rule";

const COPY_LINE = "Add to the last stage of the Dockerfile: COPY metadata.json /metadata.json";

/** Findings about metadata.json as a file: whether it is there, proven, and JSON. */
export const METADATA_FILE_FINDINGS = {
  metadata_missing: {
    severity: ERROR,
    title: "No metadata.json",
    message: () => "The image has no file /metadata.json, so Docker Desktop cannot tell what to install.",
    suggestion: () => COPY_LINE,
  },
  metadata_not_a_file: {
    severity: ERROR,
    title: "metadata.json is not a file",
    message: (evidence) => `/metadata.json is a ${rawValue(evidence, "type")}, not an ordinary file.`,
    suggestion: () => COPY_LINE,
  },
  metadata_link_unresolved: {
    severity: ERROR,
    title: "metadata.json is a broken link",
    message: (evidence) =>
      `/metadata.json links to ${quotedValue(evidence, "target")}, which does not lead to a file.`,
    suggestion: () => COPY_LINE,
  },
  metadata_unknown: {
    severity: WARNING,
    outcome: "not_checked",
    needsPerson: true,
    title: "metadata.json not found out",
    message: (evidence) =>
      `Whether the image has a metadata.json could not be found out: ${rawValue(evidence, "why")}.`,
    suggestion: () => "Look at the layer findings. It is tried again with the next inspection.",
  },
  metadata_partial: {
    severity: WARNING,
    outcome: "not_checked",
    needsPerson: true,
    title: "metadata.json not proven",
    message: (evidence) =>
      `metadata.json was read, but not every layer that could change it: ${rawValue(evidence, "why")}.`,
    suggestion: () =>
      "A reviewer has to look. COPY metadata.json in the last, small layer so that little must be read.",
  },
  metadata_divergence: {
    severity: WARNING,
    needsPerson: true,
    title: "metadata.json differs between platforms",
    message: (evidence) =>
      `metadata.json in ${rawValue(evidence, "otherPlatform")} is not the one in ${rawValue(evidence, "platform")}.`,
    suggestion: () =>
      "Build all platforms from the same Dockerfile with one docker buildx build --platform=….",
  },
  metadata_too_large: {
    severity: ERROR,
    needsPerson: true,
    title: "metadata.json too large",
    message: (evidence) =>
      `metadata.json is larger than ${rawValue(evidence, "limitBytes")} bytes and is not read.`,
    suggestion: () => "Keep only the sections icon, ui, vm and host in it.",
  },
  metadata_too_deep: {
    severity: ERROR,
    needsPerson: true,
    title: "metadata.json nested too deeply",
    message: (evidence) =>
      `metadata.json is nested deeper than ${rawValue(evidence, "limit")} levels and is not read.`,
    suggestion: () => "Keep only the sections icon, ui, vm and host in it.",
  },
  metadata_encoding: {
    severity: ERROR,
    needsPerson: true,
    title: "metadata.json not in UTF-8",
    message: (evidence) => `metadata.json is not UTF-8 text (${rawValue(evidence, "found")}).`,
    suggestion: () => "Save the file as UTF-8 without a byte order mark.",
  },
  metadata_bom: {
    severity: WARNING,
    title: "Byte order mark in metadata.json",
    message: () => "metadata.json begins with a byte order mark, at which strict JSON readers stop.",
    suggestion: () => "Save the file as UTF-8 without a byte order mark.",
  },
  metadata_invalid: {
    severity: ERROR,
    needsPerson: true,
    title: "metadata.json is not valid JSON",
    message: (evidence) =>
      `metadata.json cannot be read at line ${rawValue(evidence, "line")}, column ${rawValue(evidence, "column")}: ${rawValue(evidence, "why")}.`,
    suggestion: () => "Check the file with a JSON validator, for example: jq . metadata.json",
  },
  metadata_not_an_object: {
    severity: ERROR,
    needsPerson: true,
    title: "metadata.json is not an object",
    message: (evidence) => `metadata.json holds ${rawValue(evidence, "found")} where an object must stand.`,
    suggestion: () => `Begin it with { "icon": …, "ui": … }.`,
  },
  metadata_duplicate_key: {
    severity: WARNING,
    needsPerson: true,
    title: "Duplicate key in metadata.json",
    message: (evidence) => `${quotedValue(evidence, "at")} stands more than once; the last one counts.`,
    suggestion: () => "Remove all but one.",
  },
  metadata_ambiguous_key: {
    severity: WARNING,
    fixed: true,
    needsPerson: true,
    title: "Key in metadata.json that Docker Desktop reads as another one",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} is not ${quotedValue(evidence, "meant")}, but Docker Desktop may take it for that.`,
    suggestion: (evidence) => `Write ${rawValue(evidence, "meant")}, or remove the key.`,
  },
} satisfies Record<string, FindingRule>;
