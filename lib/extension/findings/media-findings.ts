import {
  type FindingRule,
  INFO,
  quotedValue,
  rawValue,
  WARNING,
} from "@/lib/extension/findings/finding-rule";

/** Findings about icons, screenshots and links. Evidence never holds a URL's query, which may carry a token. */
export const MEDIA_FINDINGS = {
  url_invalid: {
    severity: WARNING,
    title: "Not a URL",
    message: (evidence) =>
      `${quotedValue(evidence, "label")} holds ${quotedValue(evidence, "value")}, which is not an absolute URL; it is left out.`,
    suggestion: () =>
      "Give the full address, beginning with https://. A file in the image has none: publish it first.",
  },
  url_scheme_forbidden: {
    severity: WARNING,
    title: "URL scheme not allowed",
    message: (evidence) =>
      `${quotedValue(evidence, "label")} holds a ${quotedValue(evidence, "scheme")} address, which is left out.`,
    suggestion: () => "Only https:// addresses are shown.",
  },
  url_insecure: {
    severity: WARNING,
    title: "Plain http address",
    message: (evidence) =>
      `${quotedValue(evidence, "label")} points to ${quotedValue(evidence, "host")} by plain http.`,
    suggestion: () => "Use https:// so that nobody on the way can change what is shown.",
  },
  url_credentials: {
    severity: WARNING,
    title: "User name in an address",
    message: (evidence) =>
      `${quotedValue(evidence, "label")} has a user name or password in the address to ${quotedValue(evidence, "host")}; it is left out.`,
    suggestion: () =>
      "Remove it from the label, change that password, and use an address that anyone can open.",
  },
  url_expires: {
    severity: WARNING,
    title: "Address with a token",
    message: (evidence) =>
      `${quotedValue(evidence, "label")} carries a token or signature (${quotedValue(evidence, "parameter")}) and will probably stop working.`,
    suggestion: () => "Use a permanent public address.",
  },
  screenshots_unreadable: {
    severity: WARNING,
    title: "Screenshots not readable",
    message: (evidence) =>
      `The label com.docker.extension.screenshots cannot be read: ${rawValue(evidence, "why")}.`,
    suggestion: () =>
      `Write a JSON array: '[{"alt": "Overview", "url": "https://example.com/overview.png"}]'`,
  },
  screenshot_invalid: {
    severity: WARNING,
    title: "Screenshot left out",
    message: (evidence) =>
      `Screenshot ${rawValue(evidence, "position")} has no usable “url” and is left out: ${rawValue(evidence, "why")}.`,
    suggestion: () => "Each screenshot needs “alt” and “url”, both text.",
  },
  screenshot_without_alt: {
    severity: INFO,
    title: "Screenshot without alternative text",
    message: (evidence) => `Screenshot ${rawValue(evidence, "position")} has no “alt” text.`,
    suggestion: () => "Say in “alt” what the picture shows, for people who cannot see it.",
  },
  screenshots_too_many: {
    severity: WARNING,
    title: "Too many screenshots",
    message: (evidence) =>
      `${rawValue(evidence, "count")} screenshots are given; the first ${rawValue(evidence, "limit")} are kept.`,
    suggestion: () => "Keep the ones that show most.",
  },
  additional_urls_unreadable: {
    severity: { sdk: "warning", docker: "error" },
    title: "Additional URLs not readable",
    message: (evidence) =>
      `The label com.docker.extension.additional-urls cannot be read: ${rawValue(evidence, "why")}.`,
    suggestion: () => `Write a JSON array: '[{"title": "Documentation", "url": "https://example.com/docs"}]'`,
  },
  additional_url_invalid: {
    severity: { sdk: "warning", docker: "error" },
    title: "Additional URL left out",
    message: (evidence) =>
      `Additional URL ${rawValue(evidence, "position")} is left out: ${rawValue(evidence, "why")}.`,
    suggestion: () => "Each entry needs “title” and “url”, both text.",
  },
  additional_urls_too_many: {
    severity: WARNING,
    title: "Too many additional URLs",
    message: (evidence) =>
      `${rawValue(evidence, "count")} additional URLs are given; the first ${rawValue(evidence, "limit")} are kept.`,
    suggestion: () => "Keep documentation, support, terms and privacy.",
  },
  icon_missing_in_layers: {
    severity: WARNING,
    title: "Icon file not in the image",
    message: (evidence) =>
      `metadata.json names the icon ${quotedValue(evidence, "path")}, but the image has no such file.`,
    suggestion: (evidence) =>
      `Add to the last stage of the Dockerfile: COPY icon.svg ${rawValue(evidence, "path")}`,
  },
  icon_file_unusable: {
    severity: WARNING,
    title: "Icon file not usable",
    message: (evidence) =>
      `The icon ${quotedValue(evidence, "path")} in the image cannot be shown: ${rawValue(evidence, "why")}.`,
    suggestion: () => "Use an SVG or a PNG of at most 512 KiB.",
  },
  icon_not_checked: {
    severity: INFO,
    outcome: "not_checked",
    title: "Icon file not read",
    message: (evidence) =>
      `The icon ${quotedValue(evidence, "path")} in the image was not read: ${rawValue(evidence, "why")}.`,
    suggestion: () =>
      "COPY the icon in the last, small layer so that little must be read. It is tried again with the next inspection.",
  },
  media_unreachable: {
    severity: WARNING,
    title: "Picture not reachable",
    message: (evidence) =>
      `The ${rawValue(evidence, "what")} at ${quotedValue(evidence, "host")} cannot be had: ${rawValue(evidence, "why")}.`,
    suggestion: () =>
      "Open the address in a private browser window; it must work for everyone without signing in.",
  },
  media_unusable: {
    severity: WARNING,
    title: "Picture not usable",
    message: (evidence) =>
      `The ${rawValue(evidence, "what")} at ${quotedValue(evidence, "host")} cannot be shown: ${rawValue(evidence, "why")}.`,
    suggestion: () =>
      "Publish a PNG, JPEG, WebP or SVG file at a permanent https address, and name it in the label.",
  },
  media_small: {
    severity: INFO,
    title: "Small picture",
    message: (evidence) =>
      `The ${rawValue(evidence, "what")} is ${rawValue(evidence, "width")} pixels wide and looks poor above that.`,
    suggestion: (evidence) =>
      `Use at least ${rawValue(evidence, "fineWidth")} pixels; screenshots look best at 2400 × 1600, icons as SVG.`,
  },
  media_animated: {
    severity: INFO,
    title: "Animated picture",
    message: (evidence) =>
      `The ${rawValue(evidence, "what")} has ${rawValue(evidence, "frames")} frames; only the first one is shown.`,
    suggestion: () => "Choose a picture whose first frame says what it should, or link to a video.",
  },
  media_not_checked: {
    severity: INFO,
    outcome: "not_checked",
    title: "Picture not checked",
    message: (evidence) =>
      `The picture of ${quotedValue(evidence, "label")} at ${quotedValue(evidence, "host")} could not be checked: ${rawValue(evidence, "why")}.`,
    suggestion: () => "Nothing to do for the publisher. It is tried again with the next inspection.",
  },
  link_dead: {
    severity: WARNING,
    title: "Link leads nowhere",
    message: (evidence) =>
      `The link ${quotedValue(evidence, "title")} to ${quotedValue(evidence, "host")} leads nowhere: ${rawValue(evidence, "why")}.`,
    suggestion: () => "Correct the address in the label, or bring the page back.",
  },
  links_not_checked: {
    severity: INFO,
    outcome: "not_checked",
    title: "Links not checked",
    message: (evidence) =>
      `${rawValue(evidence, "count")} of the links could not be checked, such as the one to ${quotedValue(evidence, "host")}: ${rawValue(evidence, "why")}.`,
    suggestion: () =>
      "Nothing to do for the publisher. Open them to be sure that they lead where they should.",
  },
} satisfies Record<string, FindingRule>;
