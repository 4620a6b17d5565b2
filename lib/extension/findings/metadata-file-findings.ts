import {
  ERROR,
  type FindingRule,
  quotedValue,
  rawValue,
  WARNING,
} from "@/lib/extension/findings/finding-rule";

const COPY_LINE = "Add to the last stage of the Dockerfile: COPY metadata.json /metadata.json";
const SECTIONS_ONLY = "Keep only the sections icon, ui, vm and host.";
const SAVE_AS_UTF8 = "Save the file as UTF-8 without a byte order mark.";

/** Findings about metadata.json as a file: whether it exists, is proven, and is JSON. */
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
    message: (evidence) => `/metadata.json is a ${rawValue(evidence, "type")}, not a regular file.`,
    suggestion: () => COPY_LINE,
  },
  metadata_link_unresolved: {
    severity: ERROR,
    title: "metadata.json is a broken link",
    message: (evidence) =>
      `/metadata.json links to ${quotedValue(evidence, "target")}, which does not resolve to a file.`,
    suggestion: () => COPY_LINE,
  },
  metadata_unknown: {
    severity: WARNING,
    outcome: "not_checked",
    needsPerson: true,
    title: "metadata.json not checked",
    message: (evidence) =>
      `Gantry could not determine whether the image has a metadata.json: ${rawValue(evidence, "why")}.`,
    suggestion: () => "See the layer findings. Gantry checks again at the next inspection.",
  },
  metadata_partial: {
    severity: WARNING,
    outcome: "not_checked",
    needsPerson: true,
    title: "metadata.json not proven",
    message: (evidence) =>
      `Gantry read metadata.json, but not every layer that could change it: ${rawValue(evidence, "why")}.`,
    suggestion: () => "A reviewer must check it. To avoid this, COPY metadata.json in a small final layer.",
  },
  metadata_divergence: {
    severity: WARNING,
    needsPerson: true,
    title: "metadata.json differs between platforms",
    message: (evidence) =>
      `The metadata.json for ${rawValue(evidence, "otherPlatform")} differs from the one for ${rawValue(evidence, "platform")}.`,
    suggestion: () =>
      "Build all platforms from the same Dockerfile in one run: docker buildx build --platform=…",
  },
  metadata_too_large: {
    severity: ERROR,
    needsPerson: true,
    title: "metadata.json too large",
    message: (evidence) =>
      `metadata.json is larger than ${rawValue(evidence, "limitBytes")} bytes, so Gantry did not read it.`,
    suggestion: () => SECTIONS_ONLY,
  },
  metadata_too_deep: {
    severity: ERROR,
    needsPerson: true,
    title: "metadata.json nested too deeply",
    message: (evidence) =>
      `metadata.json has more than ${rawValue(evidence, "limit")} levels of nesting, so Gantry did not read it.`,
    suggestion: () => SECTIONS_ONLY,
  },
  metadata_encoding: {
    severity: ERROR,
    needsPerson: true,
    title: "metadata.json not in UTF-8",
    message: (evidence) => `metadata.json is not UTF-8 text (${rawValue(evidence, "found")}).`,
    suggestion: () => SAVE_AS_UTF8,
  },
  metadata_bom: {
    severity: WARNING,
    title: "Byte order mark in metadata.json",
    message: () => "metadata.json begins with a byte order mark, which strict JSON parsers reject.",
    suggestion: () => SAVE_AS_UTF8,
  },
  metadata_invalid: {
    severity: ERROR,
    needsPerson: true,
    title: "metadata.json is not valid JSON",
    message: (evidence) =>
      `metadata.json has a syntax error at line ${rawValue(evidence, "line")}, column ${rawValue(evidence, "column")}: ${rawValue(evidence, "why")}.`,
    suggestion: () => "Check the file with a JSON validator, for example: jq . metadata.json",
  },
  metadata_not_an_object: {
    severity: ERROR,
    needsPerson: true,
    title: "metadata.json is not an object",
    message: (evidence) =>
      `The top level of metadata.json is ${rawValue(evidence, "found")}. It must be an object.`,
    suggestion: () => `Start the file with { "icon": …, "ui": … }.`,
  },
  metadata_duplicate_key: {
    severity: WARNING,
    needsPerson: true,
    title: "Duplicate key in metadata.json",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} occurs more than once. The last occurrence takes effect.`,
    suggestion: () => "Remove all but one.",
  },
  metadata_ambiguous_key: {
    severity: WARNING,
    fixed: true,
    needsPerson: true,
    title: "Ambiguous key in metadata.json",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} is not ${quotedValue(evidence, "meant")}, but Docker Desktop may read it as such.`,
    suggestion: (evidence) => `Write ${rawValue(evidence, "meant")}, or remove the key.`,
  },
} satisfies Record<string, FindingRule>;
