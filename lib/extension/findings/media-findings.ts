import { forPlatforms, whyNot } from "@/lib/extension/findings/file-evidence";
import {
  type FindingRule,
  INFO,
  quotedValue,
  rawValue,
  WARNING,
} from "@/lib/extension/findings/finding-rule";
import { iconFix, pictureFix } from "@/lib/extension/findings/picture-fixes";

const AS_FILE = "Publish the file on a website or in a public Git repository, and use its https:// URL.";

const SCHEME_FIXES: Readonly<Record<string, string>> = {
  "data:": `${AS_FILE} Gantry and Docker Desktop do not show images that are part of a label.`,
  "file:": `${AS_FILE} Other machines cannot read a file on yours.`,
  "blob:": `${AS_FILE} A blob: URL works in one browser window only.`,
};

/** Findings about icons, screenshots and links. Evidence never holds a URL's query, which can carry a token. */
export const MEDIA_FINDINGS = {
  url_invalid: {
    severity: WARNING,
    title: "Not a URL",
    message: (evidence) =>
      `${quotedValue(evidence, "label")} contains ${quotedValue(evidence, "value")}, which is not an absolute URL. Gantry ignored it.`,
    suggestion: () => "Use a full https:// URL. Files inside the image cannot be linked; host them first.",
  },
  url_scheme_forbidden: {
    severity: WARNING,
    title: "URL scheme not allowed",
    message: (evidence) =>
      `${quotedValue(evidence, "label")} contains a ${quotedValue(evidence, "scheme")} URL, which Gantry ignored.`,
    suggestion: (evidence) => SCHEME_FIXES[String(evidence.scheme)] ?? "Use an https:// URL.",
  },
  url_insecure: {
    severity: WARNING,
    title: "Insecure http URL",
    message: (evidence) =>
      `${quotedValue(evidence, "label")} points to ${quotedValue(evidence, "host")} over plain http.`,
    suggestion: () => "Use https://, so that the content cannot be changed in transit.",
  },
  url_credentials: {
    severity: WARNING,
    title: "Credentials in a URL",
    message: (evidence) =>
      `The URL for ${quotedValue(evidence, "host")} in ${quotedValue(evidence, "label")} contains a user name or password. Gantry ignored it.`,
    suggestion: () => "Remove the credentials from the label, change the password, and use a public URL.",
  },
  url_expires: {
    severity: WARNING,
    title: "URL with a token",
    message: (evidence) =>
      `The URL in ${quotedValue(evidence, "label")} carries a token or signature (${quotedValue(evidence, "parameter")}), so it will probably expire.`,
    suggestion: () => "Use a permanent public URL.",
  },
  screenshots_unreadable: {
    severity: WARNING,
    title: "Unreadable screenshots label",
    message: (evidence) =>
      `Gantry could not read the label com.docker.extension.screenshots: ${rawValue(evidence, "why")}.`,
    suggestion: () =>
      `Write a JSON array: '[{"alt": "Overview", "url": "https://example.com/overview.png"}]'`,
  },
  screenshot_invalid: {
    severity: WARNING,
    title: "Screenshot ignored",
    message: (evidence) =>
      `Gantry ignored screenshot ${rawValue(evidence, "position")}: ${rawValue(evidence, "why")}.`,
    suggestion: () => "Each screenshot needs “alt” and “url”, both as text.",
  },
  screenshot_without_alt: {
    severity: INFO,
    title: "Screenshot without alternative text",
    message: (evidence) => `Screenshot ${rawValue(evidence, "position")} has no “alt” text.`,
    suggestion: () => "Describe the screenshot in “alt” for people who cannot see it.",
  },
  screenshots_too_many: {
    severity: WARNING,
    title: "Too many screenshots",
    message: (evidence) =>
      `The label lists ${rawValue(evidence, "count")} screenshots. Gantry keeps the first ${rawValue(evidence, "limit")}.`,
    suggestion: () => "Keep the most informative screenshots.",
  },
  additional_urls_unreadable: {
    severity: { sdk: "warning", docker: "error" },
    title: "Unreadable additional URLs",
    message: (evidence) =>
      `Gantry could not read the label com.docker.extension.additional-urls: ${rawValue(evidence, "why")}.`,
    suggestion: () => `Write a JSON array: '[{"title": "Documentation", "url": "https://example.com/docs"}]'`,
  },
  additional_url_invalid: {
    severity: { sdk: "warning", docker: "error" },
    title: "Additional URL ignored",
    message: (evidence) =>
      `Gantry ignored additional URL ${rawValue(evidence, "position")}: ${rawValue(evidence, "why")}.`,
    suggestion: () => "Each entry needs “title” and “url”, both as text.",
  },
  additional_urls_too_many: {
    severity: WARNING,
    title: "Too many additional URLs",
    message: (evidence) =>
      `The label lists ${rawValue(evidence, "count")} additional URLs. Gantry keeps the first ${rawValue(evidence, "limit")}.`,
    suggestion: () => "Keep the links to documentation, support, terms and privacy.",
  },
  icon_missing_in_layers: {
    severity: WARNING,
    title: "Icon file missing",
    message: (evidence) =>
      `metadata.json names the icon ${quotedValue(evidence, "path")}, but the image${forPlatforms(evidence)} does not contain it.${whyNot(evidence)}`,
    suggestion: (evidence) =>
      `Add to the last stage of the Dockerfile: COPY icon.svg ${rawValue(evidence, "path")}`,
  },
  icon_file_unusable: {
    severity: WARNING,
    title: "Unusable icon file",
    message: (evidence) =>
      `The icon ${quotedValue(evidence, "path")} in the image cannot be displayed: ${rawValue(evidence, "why")}.`,
    suggestion: (evidence) => iconFix(evidence.reason) ?? "Use an SVG or PNG file of at most 512 KiB.",
  },
  icon_not_checked: {
    severity: INFO,
    outcome: "not_checked",
    title: "Icon file not checked",
    message: (evidence) =>
      `Gantry could not read the icon ${quotedValue(evidence, "path")} in the image: ${rawValue(evidence, "why")}.`,
    suggestion: () => "COPY the icon in a small final layer. Gantry checks again at the next inspection.",
  },
  media_unreachable: {
    severity: WARNING,
    title: "Image not reachable",
    message: (evidence) =>
      `Gantry could not download the ${rawValue(evidence, "what")} from ${quotedValue(evidence, "host")}: ${rawValue(evidence, "why")}.`,
    suggestion: (evidence) =>
      pictureFix(evidence.reason) ??
      "Open the URL in a private browser window. It must work for everyone without signing in.",
  },
  media_unusable: {
    severity: WARNING,
    title: "Unusable image file",
    message: (evidence) =>
      `The ${rawValue(evidence, "what")} at ${quotedValue(evidence, "host")} cannot be displayed: ${rawValue(evidence, "why")}.`,
    suggestion: (evidence) =>
      pictureFix(evidence.reason) ??
      "Publish a PNG, JPEG, WebP or SVG file at a permanent https URL, and use that URL in the label.",
  },
  media_small: {
    severity: INFO,
    title: "Low-resolution image",
    message: (evidence) =>
      `The ${rawValue(evidence, "what")} is only ${rawValue(evidence, "width")} pixels wide and looks blurred at larger sizes.`,
    suggestion: (evidence) =>
      `Use at least ${rawValue(evidence, "fineWidth")} pixels. Best are 2400 × 1600 for screenshots, and SVG for icons.`,
  },
  media_animated: {
    severity: INFO,
    title: "Animated image",
    message: (evidence) =>
      `The ${rawValue(evidence, "what")} has ${rawValue(evidence, "frames")} frames. Only the first one is shown.`,
    suggestion: () => "Use an image whose first frame is enough, or link to a video.",
  },
  media_not_checked: {
    severity: INFO,
    outcome: "not_checked",
    title: "Image file not checked",
    message: (evidence) =>
      `Gantry could not check the image in ${quotedValue(evidence, "label")} at ${quotedValue(evidence, "host")}: ${rawValue(evidence, "why")}.`,
    suggestion: () => "No action needed. Gantry checks again at the next inspection.",
  },
  link_dead: {
    severity: WARNING,
    title: "Broken link",
    message: (evidence) =>
      `The link ${quotedValue(evidence, "title")} to ${quotedValue(evidence, "host")} is broken: ${rawValue(evidence, "why")}.`,
    suggestion: () => "Correct the URL in the label, or restore the page.",
  },
  links_not_checked: {
    severity: INFO,
    outcome: "not_checked",
    title: "Links not checked",
    message: (evidence) =>
      `Gantry could not check ${rawValue(evidence, "count")} of the links, such as the one to ${quotedValue(evidence, "host")}: ${rawValue(evidence, "why")}.`,
    suggestion: () => "No action needed. To be sure, open the links yourself.",
  },
} satisfies Record<string, FindingRule>;
