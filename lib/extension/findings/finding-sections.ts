import { COMPOSE_FINDINGS } from "@/lib/extension/findings/compose-findings";
import { makeFinding } from "@/lib/extension/findings/finding";
import {
  FINDINGS,
  type FindingCode,
  findingRule,
  isFindingCode,
} from "@/lib/extension/findings/finding-codes";
import { FINDING_REASONS } from "@/lib/extension/findings/finding-reasons";
import type { Evidence, Severity } from "@/lib/extension/findings/finding-rule";
import { IMAGE_FINDINGS } from "@/lib/extension/findings/image-findings";
import { LABEL_FINDINGS } from "@/lib/extension/findings/label-findings";
import { MEDIA_FINDINGS } from "@/lib/extension/findings/media-findings";
import { METADATA_FILE_FINDINGS } from "@/lib/extension/findings/metadata-file-findings";
import { METADATA_FINDINGS } from "@/lib/extension/findings/metadata-findings";
import { NAMED_FILE_FINDINGS } from "@/lib/extension/findings/named-file-findings";
import { SECRET_FINDINGS } from "@/lib/extension/findings/secret-findings";
import { VENDOR_FINDINGS } from "@/lib/extension/findings/vendor-findings";

/** Documentation of one finding code. */
export type FindingSection = {
  code: FindingCode;
  title: string;
  severity: { sdk: Severity; docker: Severity };
  /** Sentences about special handling, if any. */
  notes: string[];
  why: string;
  /** The message of a sample case. */
  example: string;
  fix: string;
};

/** Evidence of the sample case, by key. */
const SAMPLE: Evidence = {
  at: "ui.dashboard-tab.root",
  column: 4,
  compression: "xz",
  config: "linux/arm64",
  count: 14,
  expected: "text",
  fineWidth: 1200,
  found: "a list",
  frames: 24,
  host: "media.example.com",
  image: "acme/disk-lens-backend:1.2.0",
  index: "linux/amd64",
  instead: "org.opencontainers.image.title",
  label: "com.docker.extension.changelog",
  labels: "com.docker.extension.changelog, com.docker.extension.categories and 2 more",
  layer: "sha256:3b1c…",
  limit: 12,
  limitBytes: 65536,
  line: 7,
  meant: "utility-tools",
  name: "Docker",
  next: "1.0.1",
  os: "linux",
  otherPlatform: "linux/arm64",
  otherTag: "v1.2.0",
  parameter: "token",
  path: "/docker-compose.yaml",
  paths: "“/linux/lens”, “/linux/lens-helper”",
  place: "the environment variable API_TOKEN",
  platform: "linux/arm64",
  platforms: "linux/amd64, linux/arm64",
  position: 2,
  root: "/ui",
  scheme: "javascript:",
  scripts: "Latin, Cyrillic",
  sizeBytes: 90000,
  state: "missing",
  tag: "1.2.0",
  target: "/app/metadata.json",
  title: "Documentation",
  type: "folder",
  ui: "disk-lens.sock",
  value: "utilities",
  vendor: "Dоcker Inc.",
  vm: "backend.sock",
  what: "a GitHub token",
  why: "it is truncated",
  width: 320,
};

/** Evidence per code, where the common sample would not fit. */
const SAMPLES: Partial<Record<FindingCode, Evidence>> = {
  blocking_high_version: { tag: "2.6.5" },
  version_scheme_changed: { tag: "2026.5.1" },
  post_release_tag: { tag: "1.2.0-1", release: "1.2.0", instead: "1.2.1", stable: "1.1.0" },
  image_blocked: { image: "acme/disk-lens:1.1.0", why: "It uploads data to a third party." },
  not_an_image: { why: "it is a Helm chart" },
  registry_content_type: {
    header: "Content-Type: “text/plain”",
    mediaType: "application/vnd.oci.image.index.v1+json",
  },
  config_ambiguous: { why: "“config.Labels” occurs more than once, and Gantry uses the last one" },
  image_not_inspected: { image: "sha256:3b1c…", why: "its config is unusable: it is not UTF-8 JSON" },
  index_ambiguous: {
    image: "sha256:3b1c…",
    why: "according to the index its manifest has 480 bytes, but it has 528",
  },
  layer_type_unknown: { type: "application/vnd.example.readme.v1+tar" },
  layers_contradiction: { why: "the manifest lists 2 layers, but the config 1" },
  platform_foreign: { platforms: "linux/s390x, windows/amd64" },
  label_not_text: { label: "org.opencontainers.image.title", is: "a number" },
  platform_unreadable: { platform: "linux/s390x", why: "its config is not JSON" },
  platform_unusable: { found: "windows/amd64" },
  account_info_unknown: { value: "see our site" },
  ambiguous_layer: { path: "metadata.json", why: "one layer both contains and deletes it" },
  backend_image_not_checked: { why: "its registry is not allowed on this marketplace" },
  icon_missing_in_layers: { path: "/icon.svg" },
  icon_not_checked: { path: "/icon.svg" },
  icon_file_unusable: { path: "/icon.svg", why: "it is not an image" },
  label_characters: { characters: "‹U+202E›" },
  label_divergence: { platform: "linux/amd64" },
  metadata_divergence: { platform: "linux/amd64" },
  compose_divergence: { platform: "linux/amd64" },
  labels_inherited: { label: "org.opencontainers.image.ref.name" },
  labels_too_many: { count: 300, limit: 256 },
  metadata_invalid: { why: "unexpected comma before the closing bracket" },
  url_invalid: { label: "com.docker.desktop.extension.icon", value: "docker.svg" },
  tag_not_semver: { tag: "1.2", instead: "1.2.0" },
  tags_not_checked: { why: "registry.example.com requires authentication for acme/disk-lens" },
  compose_build: { at: "services.api.build" },
  compose_build_without_image: { at: "services.api.build" },
  compose_services_missing: { why: "it has no key “services”" },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Compose writes variables so
  backend_image_variable: { at: "services.api.image", value: "${BACKEND_IMAGE}", name: "BACKEND_IMAGE" },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Compose writes variables so
  backend_own_image_changed: { at: "services.api.image", value: "${DESKTOP_PLUGIN_IMAGE}-db" },
  backend_image_invalid: { at: "services.api.image", value: "DESKTOP_PLUGIN_IMAGE" },
  compose_key_too_new: {
    at: "services.api.post_start",
    since: "2.30.0",
    desktop: "Docker Desktop 4.17",
    compose: "at most Docker Compose 2.17.2",
    api: "0.4.2",
    enough: "Docker Desktop 4.36 and later have it.",
  },
  compose_extends_unresolved: { at: "services.api.extends" },
  compose_not_understood: { at: "services.api.ports[0]" },
  compose_odd_yaml: { at: "services.api.image", why: "a duplicate key" },
  compose_service_without_image: { at: "services.api" },
  compose_unknown_key: { at: "services.api.magic" },
  compose_variable_invalid: { at: "services.api.image", value: "acme/${NAME" },
  icon_default: { value: "docker.svg" },
  label_mistyped: { label: "com.docker.extension.category", meant: "com.docker.extension.categories" },
  label_obsolete: { label: "com.docker.desktop.plugin.icon", meant: "com.docker.desktop.extension.icon" },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a build argument that the build did not replace
  label_unresolved: { value: "${VERSION}" },
  host_binaries_one_architecture: { path: "/darwin-amd64/lens", found: "amd64", expected: "arm64" },
  metadata_list_too_long: { at: "host.binaries[0].linux", count: 1200, limit: 1000 },
  metadata_ambiguous_key: { at: "Host", meant: "host" },
  metadata_unknown_field: { at: "ui.dashboard-tab.titel", meant: "ui.dashboard-tab.title" },
  media_animated: { what: "screenshot" },
  media_small: { what: "screenshot" },
  metadata_obsolete_key: { at: "name" },
  metadata_unknown_key: { at: "hots", meant: "host" },
  metadata_path_escapes: { value: "../../etc" },
  metadata_path_not_local: { value: "https://example.com/ui" },
  ui_page_missing: { path: "/ui/index.html", why: "", similar: "/ui/build/index.html" },
  ui_symbolic_links: { paths: "“/ui/node_modules/.bin/acorn”, “/ui/node_modules/.bin/tsc”", outside: 1 },
  host_files_missing: { count: 2, why: "" },
  host_files_missing_on_arm: {
    count: 1,
    os: "windows",
    paths: "“/windows/lens.exe”",
    platforms: "linux/arm64",
    why: "",
  },
  host_file_is_folder: { paths: "“/windows/lib/a/”, “/windows/lib/b/”, “/windows/lib/c/”" },
  named_files_not_checked: {
    count: 2,
    why: "a layer has 120000000 bytes; the limit for the layers of an image is 67108864",
  },
  platform_same_layers: { what: "a backend of its own" },
  executable_other_machine: {
    count: 1,
    paths: "“/service”",
    platforms: "linux/arm64",
    found: "amd64",
    expected: "arm64",
  },
  host_file_other_system: { count: 1, os: "darwin", paths: "“/darwin/lens”", found: "Linux" },
  host_file_needs_rosetta: { count: 1, paths: "“/darwin/lens”", platforms: "linux/arm64" },
  requirement_bare: { value: "0.3.4" },
  requirement_never_matches: { value: ">= 1.4.7" },
  labels_are_annotations: { label: "org.opencontainers.image.title", value: "Disk Lens" },
  descriptive_labels_are_annotations: { label: "com.docker.extension.categories", value: "volumes" },
  optional_labels_are_annotations: {
    label: "com.docker.extension.account-info",
    labels: "com.docker.extension.account-info",
    value: "required",
    count: 1,
  },
  title_from_repository: {
    value: "disk-lens-extension",
    repository: "acme/disk-lens-extension",
    meant: "Disk Lens",
  },
  title_from_base_image: { value: "Ubuntu", image: "ubuntu" },
  version_label_contradicts_tag: { value: "24.04" },
  title_says_extension: { value: "Disk Lens Extension", meant: "Disk Lens" },
};

const CHAPTERS = [
  ["The image", IMAGE_FINDINGS],
  ["Labels", LABEL_FINDINGS],
  ["metadata.json", { ...METADATA_FILE_FINDINGS, ...METADATA_FINDINGS }],
  ["The files that metadata.json names", NAMED_FILE_FINDINGS],
  ["The compose file", COMPOSE_FINDINGS],
  ["URLs and images", MEDIA_FINDINGS],
  ["Names and secrets", { ...VENDOR_FINDINGS, ...SECRET_FINDINGS }],
] as const;

/** All finding codes, grouped by subject. */
export function findingChapters(): { title: string; sections: FindingSection[] }[] {
  const named = CHAPTERS.map(([title, rules]) => ({
    title,
    codes: Object.keys(rules).filter(isFindingCode),
  }));
  const others = Object.keys(FINDINGS)
    .filter(isFindingCode)
    .filter((code) => !named.some(({ codes }) => codes.includes(code)));
  return [...named, { title: "Others", codes: others }]
    .filter(({ codes }) => codes.length > 0)
    .map(({ title, codes }) => ({ title, sections: codes.map(section) }));
}

function section(code: FindingCode): FindingSection {
  const rule = findingRule(code);
  const { message, suggestion } = makeFinding(code, { ...SAMPLE, ...SAMPLES[code] });
  return {
    code,
    title: rule.title,
    severity: rule.severity,
    notes: [
      ...(rule.outcome === "not_checked" ? ["Could not be checked. This is not the publisher's fault."] : []),
      ...(rule.needsPerson ? ["Always requires manual review."] : []),
      ...(rule.fixed ? ["Cannot be changed by policy."] : []),
    ],
    why: FINDING_REASONS[code] ?? "",
    example: message,
    fix: suggestion,
  };
}
