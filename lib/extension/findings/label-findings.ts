import {
  DOCKER_REFUSES,
  ERROR,
  type FindingRule,
  INFO,
  quotedValue,
  rawValue,
  WARNING,
} from "@/lib/extension/findings/finding-rule";

/** A label that must be there; evidence: `label`, `state` (`missing` or `empty`). */
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
        ? `The label ${label} shows nothing: it has only spaces, fillers or invisible characters.`
        : `The label ${label} is ${state === "empty" ? "empty" : "missing"}.`,
    suggestion: () => `Add to the last stage of the Dockerfile: LABEL ${label}=${example}`,
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
    '"<p>What it does and for whom</p>"',
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
  title_says_extension: {
    severity: { sdk: "info", docker: "warning" },
    title: "Title says “extension”",
    message: (evidence) =>
      `The title ${quotedValue(evidence, "value")} says what everything here is: an extension.`,
    suggestion: (evidence) =>
      `Leave the word out: LABEL org.opencontainers.image.title="${rawValue(evidence, "meant")}"`,
  },
  title_long: {
    severity: INFO,
    title: "Long title",
    message: (evidence) =>
      `The title has ${rawValue(evidence, "count")} characters; cards and lists cut it off after about ${rawValue(evidence, "limit")}.`,
    suggestion: () => "Give a name, and say the rest in the description.",
  },
  description_long: {
    severity: INFO,
    title: "Long description",
    message: (evidence) =>
      `The description has ${rawValue(evidence, "count")} characters; cards cut it off after about ${rawValue(evidence, "limit")}.`,
    suggestion: () => "Say in one sentence what it does; the detailed description has room for the rest.",
  },
  icon_default: {
    severity: WARNING,
    title: "Icon of the template",
    message: (evidence) =>
      `${quotedValue(evidence, "value")} is what templates come with, so the extension looks like any other.`,
    suggestion: () => "Draw an icon of your own, and name it in metadata.json and in the icon label.",
  },
  labels_inherited: {
    severity: INFO,
    title: "Labels of the base image",
    message: (evidence) =>
      `Labels describe the base image rather than the extension, such as ${quotedValue(evidence, "label")} (${rawValue(evidence, "count")} in all).`,
    suggestion: () =>
      "Overwrite what is shown in the last stage, such as: LABEL org.opencontainers.image.source=https://example.com/repository",
  },
  category_unknown: {
    severity: WARNING,
    title: "Unknown category",
    message: (evidence) => `${quotedValue(evidence, "value")} is not a category, so it is left out.`,
    suggestion: (evidence) =>
      evidence.meant === undefined || evidence.meant === null
        ? "Use one of the twelve category values, separated by commas."
        : `Did you mean ${quotedValue(evidence, "meant")}?`,
  },
  label_mistyped: {
    severity: WARNING,
    title: "Mistyped label",
    message: (evidence) => `The label ${quotedValue(evidence, "label")} means nothing to Docker Desktop.`,
    suggestion: (evidence) => `Rename it to ${rawValue(evidence, "meant")}.`,
  },
  label_obsolete: {
    severity: WARNING,
    title: "Obsolete label",
    message: (evidence) => `The label ${quotedValue(evidence, "label")} is no longer read.`,
    suggestion: (evidence) => `Use ${rawValue(evidence, "meant")} instead.`,
  },
  label_unresolved: {
    severity: WARNING,
    title: "Build argument left in a label",
    message: (evidence) =>
      `The label ${quotedValue(evidence, "label")} still holds a build argument: ${quotedValue(evidence, "value")}.`,
    suggestion: () => "Declare the ARG in the same build stage before the LABEL line, and pass --build-arg.",
  },
  label_characters: {
    severity: WARNING,
    title: "Invisible characters in a label",
    message: (evidence) =>
      `The label ${quotedValue(evidence, "label")} holds control characters or characters that hide or reorder text; they are left out.`,
    suggestion: () => "Write the label with visible characters only.",
  },
  label_too_long: {
    severity: WARNING,
    title: "Label too long",
    message: (evidence) =>
      `The label ${quotedValue(evidence, "label")} is ${rawValue(evidence, "sizeBytes")} bytes long and is ignored; the limit is ${rawValue(evidence, "limitBytes")}.`,
    suggestion: () => "Shorten the text, and link to a page for the rest.",
  },
  labels_too_many: {
    severity: WARNING,
    title: "Too many labels",
    message: (evidence) =>
      `The image has ${rawValue(evidence, "count")} labels. The extension's own ones are read first; beyond ${rawValue(evidence, "limit")} labels the rest is ignored.`,
    suggestion: () => "Drop labels that nobody reads; many may come from the base image.",
  },
  labels_too_large: {
    severity: WARNING,
    title: "Labels too large together",
    message: (evidence) =>
      `The labels hold more than ${rawValue(evidence, "limitBytes")} bytes together. ${quotedValue(evidence, "label")} and what follows is ignored.`,
    suggestion: () => "Shorten the long texts, and link to a page for the rest.",
  },
  label_divergence: {
    severity: WARNING,
    title: "Labels differ between platforms",
    message: (evidence) =>
      `The label ${quotedValue(evidence, "label")} differs between ${rawValue(evidence, "platform")} and ${rawValue(evidence, "otherPlatform")}.`,
    suggestion: () =>
      "Build all platforms from the same Dockerfile with one docker buildx build --platform=….",
  },
  account_info_unknown: {
    severity: INFO,
    title: "Unclear account-info label",
    message: (evidence) =>
      `The label com.docker.extension.account-info is ${quotedValue(evidence, "value")}; only “required” is documented.`,
    suggestion: () => "Use LABEL com.docker.extension.account-info=required, or leave the label out.",
  },
} satisfies Record<string, FindingRule>;
