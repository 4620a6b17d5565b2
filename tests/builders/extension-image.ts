import type { Attestation, AttestationForm, Predicates } from "@/scripts/demo/image/attestation";
import {
  type BuiltImage,
  type BuiltLayer,
  type Flavour,
  type IndexOptions,
  imageIndex,
  imageManifest,
  layer,
  singleImage,
} from "@/scripts/demo/image/image";
import type { ImagePlatform } from "@/scripts/demo/image/piece";
import type { TarEntry } from "@/scripts/demo/image/tar";

export const EXTENSION_LABELS: Record<string, string> = {
  "org.opencontainers.image.title": "Disk Lens",
  "org.opencontainers.image.description": "Shows what fills the disk of your Docker Desktop.",
  "org.opencontainers.image.vendor": "Acme Inc.",
  "com.docker.desktop.extension.api.version": ">= 0.3.4",
  "com.docker.desktop.extension.icon": "https://media.acme.example/disk-lens/icon.svg",
  "com.docker.extension.screenshots": JSON.stringify([
    { alt: "Disk usage by image", url: "https://media.acme.example/disk-lens/images.png" },
    { alt: "Disk usage by volume", url: "https://media.acme.example/disk-lens/volumes.png" },
  ]),
  "com.docker.extension.detailed-description":
    "<h2>What it does</h2><p>Disk Lens shows images, volumes and build cache by size.</p>",
  "com.docker.extension.publisher-url": "https://acme.example",
  "com.docker.extension.additional-urls": JSON.stringify([
    { title: "Documentation", url: "https://acme.example/disk-lens/docs" },
    { title: "Support", url: "https://acme.example/disk-lens/support" },
  ]),
  "com.docker.extension.changelog": "<ul><li>First release</li></ul>",
  "com.docker.extension.account-info": "",
  "com.docker.extension.categories": "utility-tools,volumes",
};

/** The labels that the preset `sdk` calls for. */
export const SDK_LABELS = [
  "org.opencontainers.image.title",
  "org.opencontainers.image.vendor",
  "com.docker.desktop.extension.api.version",
] as const;

export const EXTENSION_METADATA = {
  icon: "disk-lens.svg",
  ui: { "dashboard-tab": { title: "Disk Lens", root: "/ui", src: "index.html" } },
};

export const EXTENSION_ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="32" r="28" fill="#1d63ed"/></svg>';

const BOTH_PLATFORMS: ImagePlatform[] = [
  { os: "linux", architecture: "amd64" },
  { os: "linux", architecture: "arm64" },
];

export type ExtensionImageOptions = {
  /** Merged over the twelve labels; null takes one away. */
  labels?: Record<string, string | null>;
  /** Exactly these labels, nothing else. */
  onlyLabels?: Record<string, string>;
  /** Labels that differ between platforms, merged last. Gets `linux/arm64` and the like. */
  labelsFor?: (platform: string) => Record<string, string>;
  /** The document or the raw text of metadata.json; null leaves the file out. */
  metadata?: Record<string, unknown> | string | null;
  /** Content of the icon file that the default metadata.json names; null leaves it out. */
  icon?: string | Uint8Array | null;
  /** More files in the second layer: path → content. */
  files?: Record<string, string | Uint8Array>;
  /** Replaces all layers. */
  layers?: BuiltLayer[];
  platforms?: ImagePlatform[];
  flavour?: Flavour;
  compression?: "gzip" | "plain";
  attestations?: Attestation[];
  attestationForm?: AttestationForm;
  /** Content of the attestations. */
  predicates?: Predicates;
  /** True: no index, only the first platform's manifest. */
  withoutIndex?: boolean;
  /** Annotations of the index, of its entries, and of each manifest. */
  annotations?: NonNullable<IndexOptions["annotations"]> & { manifests?: Record<string, string> };
};

/**
 * A lifelike extension: linux/amd64 and linux/arm64, all twelve labels, metadata.json, an SVG icon and a page. The
 * layers differ between platforms, as those of real images with binaries do.
 */
export function extensionImage(options: ExtensionImageOptions = {}): BuiltImage {
  const { platforms = BOTH_PLATFORMS, flavour = "oci" } = options;
  const manifests = platforms.map((platform) =>
    imageManifest({
      platform,
      flavour,
      labels: labelsOf(options, `${platform.os}/${platform.architecture}`),
      layers: options.layers ?? layersOf(options, platform.architecture),
      ...(options.annotations?.manifests && { annotations: options.annotations.manifests }),
    }),
  );
  const [first] = manifests;
  if (options.withoutIndex && first !== undefined) return singleImage(first);
  const { attestations = [], attestationForm = "image", predicates = {}, annotations = {} } = options;
  return imageIndex(manifests, { flavour, attestations, attestationForm, predicates, annotations });
}

function labelsOf(options: ExtensionImageOptions, platform: string): Record<string, string> {
  const base = options.onlyLabels ?? { ...EXTENSION_LABELS, ...options.labels };
  const kept = Object.entries(base).flatMap(([key, value]) => (value === null ? [] : [[key, value]]));
  return { ...Object.fromEntries(kept), ...options.labelsFor?.(platform) };
}

function layersOf(options: ExtensionImageOptions, architecture: string): BuiltLayer[] {
  const { flavour = "oci", compression = "gzip" } = options;
  const base: TarEntry[] = [
    { path: "ui/", type: "directory", mode: 0o755 },
    { path: "ui/index.html", content: `<!doctype html><title>Disk Lens ${architecture}</title>` },
  ];
  return [base, extensionFiles(options)].map((entries) => layer(entries, { flavour, compression }));
}

function extensionFiles({
  metadata = EXTENSION_METADATA,
  icon = EXTENSION_ICON,
  files = {},
}: ExtensionImageOptions) {
  const text = typeof metadata === "string" ? metadata : JSON.stringify(metadata, null, 2);
  const entries: TarEntry[] = [];
  if (metadata !== null) entries.push({ path: "metadata.json", content: text });
  if (icon !== null) entries.push({ path: "disk-lens.svg", content: icon });
  for (const [path, content] of Object.entries(files)) entries.push({ path, content });
  return entries;
}
