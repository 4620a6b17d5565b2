import { nearest } from "@/lib/extension/text/nearest";

/** The names of the labels that describe an extension. */
export const LABELS = {
  title: "org.opencontainers.image.title",
  description: "org.opencontainers.image.description",
  vendor: "org.opencontainers.image.vendor",
  apiVersion: "com.docker.desktop.extension.api.version",
  icon: "com.docker.desktop.extension.icon",
  screenshots: "com.docker.extension.screenshots",
  detailedDescription: "com.docker.extension.detailed-description",
  publisherUrl: "com.docker.extension.publisher-url",
  changelog: "com.docker.extension.changelog",
  additionalUrls: "com.docker.extension.additional-urls",
  accountInfo: "com.docker.extension.account-info",
  categories: "com.docker.extension.categories",
  licenses: "org.opencontainers.image.licenses",
  source: "org.opencontainers.image.source",
} as const satisfies Record<string, string>;

const OWN_NAMES: readonly string[] = Object.values(LABELS);

/** Labels that only early previews of Docker Desktop read, with their replacements. */
const OBSOLETE = new Map<string, string>([
  ["com.docker.desktop.plugin.icon", LABELS.icon],
  ["com.docker.desktop.plugin.api.version", LABELS.apiVersion],
]);

/** Known and likely misspellings. */
const MISTYPED = new Map<string, string>([
  ["com.docker.extension.category", LABELS.categories],
  ["com.docker.extension.icon", LABELS.icon],
  ["com.docker.extension.api.version", LABELS.apiVersion],
  ["com.docker.desktop.extension.version", LABELS.apiVersion],
  ["com.docker.extension.description", LABELS.detailedDescription],
  ["com.docker.extension.title", LABELS.title],
  ["com.docker.extension.vendor", LABELS.vendor],
]);

/**
 * The keys of the OCI image-spec (annotations.md, "Pre-Defined Annotation Keys") that do not describe the extension.
 */
const OTHER_OCI_NAMES = new Set(
  [
    "authors",
    "base.digest",
    "base.name",
    "created",
    "documentation",
    "ref.name",
    "revision",
    "url",
    "version",
  ].map((name) => `org.opencontainers.image.${name}`),
);

/** Keys that describe only the base image. */
export const BASE_IMAGE_LABELS: readonly string[] = ["ref.name", "base.name", "base.digest"].map(
  (name) => `org.opencontainers.image.${name}`,
);

const NAMESPACES = ["com.docker.desktop.extension.", "com.docker.extension.", "com.docker.desktop.plugin."];
const EXTENSION_NAMESPACES = ["com.docker.desktop.extension.", "com.docker.extension."];

/** Whether only extensions carry the label. Base images never use these namespaces. */
export function isExtensionLabel(name: string): boolean {
  return EXTENSION_NAMESPACES.some(
    (namespace) => name.startsWith(namespace) && name.length > namespace.length,
  );
}

/** Whether the label describes the extension. */
export function isOwnLabel(name: string): boolean {
  return OWN_NAMES.includes(name);
}

/** The probable mistake in a label's name, or undefined. */
export function wrongLabelName(
  name: string,
): { problem: "obsolete" | "mistyped"; meant: string } | undefined {
  if (isOwnLabel(name) || OTHER_OCI_NAMES.has(name)) return undefined;
  const plain = name.trim().toLowerCase().replaceAll("_", "-");
  const replaced = OBSOLETE.get(plain);
  if (replaced !== undefined) return { problem: "obsolete", meant: replaced };
  const meant = isOwnLabel(plain) ? plain : (MISTYPED.get(plain) ?? inOtherNamespace(plain) ?? almost(plain));
  return meant === undefined ? undefined : { problem: "mistyped", meant };
}

/** A correct last part in the wrong namespace: `com.docker.desktop.extension.screenshots`. */
function inOtherNamespace(name: string): string | undefined {
  const namespace = NAMESPACES.find((prefix) => name.startsWith(prefix));
  if (namespace === undefined) return undefined;
  const last = name.slice(namespace.length);
  return EXTENSION_NAMESPACES.map((prefix) => prefix + last).find(isOwnLabel);
}

function almost(name: string): string | undefined {
  const isNear = name.startsWith("com.docker.") || name.startsWith("org.opencontainer");
  return isNear ? nearest(name, OWN_NAMES, 2) : undefined;
}
