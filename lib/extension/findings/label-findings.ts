import {
  DOCKER_REFUSES,
  ERROR,
  type Evidence,
  type FindingRule,
  INFO,
  quotedValue,
  rawValue,
  WARNING,
} from "@/lib/extension/findings/finding-rule";
import { dockerfileText } from "@/lib/extension/text/dockerfile-text";

/** Rule for a required label. Evidence: `label`, and `state` (`missing`, `empty` or `blank`). */
function requiredLabel(
  severity: FindingRule["severity"],
  title: string,
  label: string,
  example: string,
): FindingRule {
  return {
    severity,
    title,
    message: ({ state }) =>
      state === "blank"
        ? `The label ${label} is blank: it contains only spaces, fillers or invisible characters.`
        : `The label ${label} is ${state === "empty" ? "empty" : "missing"}.`,
    suggestion: () => `Add to the last stage of the Dockerfile: LABEL ${label}=${example}`,
  };
}

/**
 * Rule for labels whose values are annotations only. Evidence: `labels` names them, `count` is their number, `label` and
 * `value` are the first.
 */
function annotatedLabels(severity: FindingRule["severity"], title: string): FindingRule {
  return {
    severity,
    title,
    message: (evidence) => {
      const isOne = evidence.count === 1;
      return `${isOne ? "One label is" : `${rawValue(evidence, "count")} labels are`} only ${isOne ? "an annotation" : "annotations"} of the image: ${rawValue(evidence, "labels")}. Docker Desktop reads labels and ignores annotations.`;
    },
    suggestion: (evidence) =>
      `Add labels with the same values, for example in the last stage of the Dockerfile: ${labelLine(evidence)}. With docker/metadata-action, pass its output "labels" to the build as well as "annotations"; with docker buildx build, use --label instead of --annotation.`,
  };
}

/** Findings about the image labels that describe an extension. Evidence always names the `label`. */
export const LABEL_FINDINGS = {
  title_missing: requiredLabel(ERROR, "No title", "org.opencontainers.image.title", '"Disk Lens"'),
  vendor_missing: requiredLabel(ERROR, "No vendor", "org.opencontainers.image.vendor", '"Acme Inc."'),
  requirement_missing: requiredLabel(
    ERROR,
    "No required API version",
    "com.docker.desktop.extension.api.version",
    '">= 0.3.4"',
  ),
  description_missing: requiredLabel(
    DOCKER_REFUSES,
    "No description",
    "org.opencontainers.image.description",
    '"Shows what fills your disk"',
  ),
  icon_label_missing: requiredLabel(
    DOCKER_REFUSES,
    "No icon label",
    "com.docker.desktop.extension.icon",
    '"https://example.com/icon.svg"',
  ),
  screenshots_missing: requiredLabel(
    DOCKER_REFUSES,
    "No screenshots",
    "com.docker.extension.screenshots",
    `'[{"alt": "Overview", "url": "https://example.com/overview.png"}]'`,
  ),
  detailed_description_missing: requiredLabel(
    DOCKER_REFUSES,
    "No detailed description",
    "com.docker.extension.detailed-description",
    '"<p>What it does, and who it is for</p>"',
  ),
  publisher_url_missing: requiredLabel(
    DOCKER_REFUSES,
    "No publisher URL",
    "com.docker.extension.publisher-url",
    '"https://example.com"',
  ),
  changelog_missing: requiredLabel(
    DOCKER_REFUSES,
    "No changelog",
    "com.docker.extension.changelog",
    '"<ul><li>What is new in this version</li></ul>"',
  ),
  categories_missing: requiredLabel(
    DOCKER_REFUSES,
    "No categories",
    "com.docker.extension.categories",
    '"utility-tools"',
  ),
  labels_are_annotations: annotatedLabels(ERROR, "Required labels are annotations"),
  descriptive_labels_are_annotations: annotatedLabels(DOCKER_REFUSES, "Labels are annotations"),
  optional_labels_are_annotations: annotatedLabels(INFO, "Optional labels are annotations"),
  title_from_repository: {
    severity: WARNING,
    title: "Title is the name of a repository",
    message: (evidence) =>
      `The title ${quotedValue(evidence, "value")} is the name of the repository ${quotedValue(evidence, "repository")}. CI tools such as docker/metadata-action write it over the title in the Dockerfile, and the repository's description over the description.`,
    suggestion: (evidence) =>
      `Use the name that users know${titleExample(evidence)}. With docker/metadata-action, set it in the input "labels": org.opencontainers.image.title=${rawMeant(evidence)}`,
  },
  title_from_base_image: {
    severity: WARNING,
    title: "Title of a base image",
    message: (evidence) =>
      `The title ${quotedValue(evidence, "value")} is the name of the base image ${quotedValue(evidence, "image")}. An image inherits the labels that its Dockerfile does not set.`,
    suggestion: () =>
      'Set your own in the last stage of the Dockerfile: LABEL org.opencontainers.image.title="Disk Lens"',
  },
  version_label_contradicts_tag: {
    severity: INFO,
    title: "Version label contradicts the tag",
    message: (evidence) =>
      `The label org.opencontainers.image.version is ${quotedValue(evidence, "value")}, but the tag is ${quotedValue(evidence, "tag")}. Docker Desktop uses the tag.`,
    suggestion: (evidence) =>
      `If the label describes the base image or other software, override it: LABEL org.opencontainers.image.version=${rawValue(evidence, "tag")}. If the tag is wrong, push the image under the right one.`,
  },
  title_says_extension: {
    severity: { sdk: "info", docker: "warning" },
    title: "Title contains “extension”",
    message: (evidence) =>
      `The title ${quotedValue(evidence, "value")} contains the word “extension”, which is redundant in a marketplace of extensions.`,
    suggestion: (evidence) =>
      evidence.meant === null
        ? "Use a name that says what the extension does, without the word “extension”."
        : `Remove the word: LABEL org.opencontainers.image.title=${dockerfileText(rawMeant(evidence))}`,
  },
  title_long: {
    severity: INFO,
    title: "Long title",
    message: (evidence) =>
      `The title has ${rawValue(evidence, "count")} characters. Cards and lists truncate it after about ${rawValue(evidence, "limit")}.`,
    suggestion: () => "Use a short name, and put the rest in the description.",
  },
  description_long: {
    severity: INFO,
    title: "Long description",
    message: (evidence) =>
      `The description has ${rawValue(evidence, "count")} characters. Cards truncate it after about ${rawValue(evidence, "limit")}.`,
    suggestion: () => "Describe the extension in one sentence, and put the rest in the detailed description.",
  },
  icon_default: {
    severity: WARNING,
    title: "Template icon",
    message: (evidence) =>
      `${quotedValue(evidence, "value")} is an icon from a template, so the extension looks like many others.`,
    suggestion: () => "Design your own icon, and set it in metadata.json and in the icon label.",
  },
  labels_inherited: {
    severity: INFO,
    title: "Labels inherited from the base image",
    message: (evidence) =>
      `Some labels describe the base image instead of the extension, such as ${quotedValue(evidence, "label")} (${rawValue(evidence, "count")} in total).`,
    suggestion: () =>
      "In the last stage of the Dockerfile, override the labels that users see, for example: LABEL org.opencontainers.image.source=https://example.com/repository",
  },
  category_unknown: {
    severity: WARNING,
    title: "Unknown category",
    message: (evidence) => `${quotedValue(evidence, "value")} is not a known category and was ignored.`,
    suggestion: (evidence) =>
      evidence.meant === undefined || evidence.meant === null
        ? "Use one or more of the twelve known categories, separated by commas."
        : `Did you mean ${quotedValue(evidence, "meant")}?`,
  },
  label_mistyped: {
    severity: WARNING,
    title: "Misspelled label",
    message: (evidence) =>
      `Docker Desktop does not know the label ${quotedValue(evidence, "label")} and ignores it.`,
    suggestion: (evidence) => `Rename it to ${rawValue(evidence, "meant")}.`,
  },
  label_obsolete: {
    severity: WARNING,
    title: "Obsolete label",
    message: (evidence) => `Docker Desktop no longer reads the label ${quotedValue(evidence, "label")}.`,
    suggestion: (evidence) => `Use ${rawValue(evidence, "meant")} instead.`,
  },
  label_unresolved: {
    severity: WARNING,
    title: "Unresolved build argument in a label",
    message: (evidence) =>
      `The label ${quotedValue(evidence, "label")} still contains a build argument: ${quotedValue(evidence, "value")}.`,
    suggestion: () => "Declare the ARG in the same build stage before the LABEL line, and pass --build-arg.",
  },
  label_characters: {
    severity: WARNING,
    title: "Invisible characters in a label",
    message: (evidence) =>
      `The label ${quotedValue(evidence, "label")} contains characters that control, hide, reorder or pile up text${namedCharacters(evidence)}. Gantry removed them.`,
    suggestion: () => "Type the label again, instead of pasting it, with visible characters only.",
  },
  label_too_long: {
    severity: WARNING,
    title: "Label too long",
    message: (evidence) =>
      `The label ${quotedValue(evidence, "label")} has ${rawValue(evidence, "sizeBytes")} bytes and was ignored. The limit is ${rawValue(evidence, "limitBytes")} bytes.`,
    suggestion: () => "Shorten the text, and link to a page for the rest.",
  },
  labels_too_many: {
    severity: WARNING,
    title: "Too many labels",
    message: (evidence) =>
      `The image has ${rawValue(evidence, "count")} labels. Gantry reads the extension's own labels first and ignores the rest beyond ${rawValue(evidence, "limit")} labels.`,
    suggestion: () => "Remove labels that you do not need. Many may come from the base image.",
  },
  labels_too_large: {
    severity: WARNING,
    title: "Labels too large in total",
    message: (evidence) =>
      `The labels exceed ${rawValue(evidence, "limitBytes")} bytes in total. Gantry ignored ${quotedValue(evidence, "label")} and all labels after it.`,
    suggestion: () => "Shorten long texts, and link to a page for the rest.",
  },
  label_divergence: {
    severity: WARNING,
    title: "Labels differ between platforms",
    message: (evidence) =>
      `The label ${quotedValue(evidence, "label")} differs between ${rawValue(evidence, "platform")} and ${rawValue(evidence, "otherPlatform")}.`,
    suggestion: () =>
      "Build all platforms from the same Dockerfile in one run: docker buildx build --platform=…",
  },
  account_info_unknown: {
    severity: INFO,
    title: "Unknown account-info value",
    message: (evidence) =>
      `The label com.docker.extension.account-info is ${quotedValue(evidence, "value")}. The only documented value is “required”.`,
    suggestion: () => "Use LABEL com.docker.extension.account-info=required, or remove the label.",
  },
} satisfies Record<string, FindingRule>;

function namedCharacters({ characters }: Evidence): string {
  return typeof characters === "string" ? `: ${characters}` : "";
}

function labelLine(evidence: Evidence): string {
  return `LABEL ${rawValue(evidence, "label")}=${dockerfileText(rawValue(evidence, "value"))}`;
}

/** Extensions whose name says nothing else get the usual example. */
function rawMeant({ meant }: Evidence): string {
  return typeof meant === "string" ? meant : "Disk Lens";
}

function titleExample(evidence: Evidence): string {
  return evidence.meant === null ? "" : `, for example ${dockerfileText(rawMeant(evidence))}`;
}
