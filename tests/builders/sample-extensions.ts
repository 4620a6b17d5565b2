/** Lifelike extensions for a catalog: one that needs a newer Desktop, one for a single platform, one that nothing runs. */

import type { ExtensionImageOptions } from "@/tests/builders/extension-image";

export type Sample = { path: string; versions: Record<string, ExtensionImageOptions> };

const icon = (color: string, drawing: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="${color}"/><g fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round">${drawing}</g></svg>`;

/** Title, description, vendor, categories and requirement, over the builder's own labels. */
export function labels(title: string, description: string, vendor: string, categories: string, api: string) {
  return {
    "org.opencontainers.image.title": title,
    "org.opencontainers.image.description": description,
    "org.opencontainers.image.vendor": vendor,
    "com.docker.extension.categories": categories,
    "com.docker.desktop.extension.api.version": api,
  };
}

/** The labels of Disk Lens with this requirement. */
export const DISK_LENS = (api: string) =>
  labels(
    "Disk Lens",
    "Shows which images, volumes and caches fill the disk of your Docker Desktop.",
    "Acme Inc.",
    "utility-tools,volumes",
    api,
  );
const DISK_ICON = icon("#1d63ed", '<circle cx="28" cy="28" r="12"/><path d="M37 37l12 12"/>');
const UI = { "dashboard-tab": { title: "Tool", root: "/ui", src: "index.html" } };

export const SAMPLES: readonly Sample[] = [
  {
    path: "acme/disk-lens",
    versions: {
      "1.0.0": { labels: DISK_LENS(">= 0.3.4"), icon: DISK_ICON },
      "1.0.1": {
        labels: { ...DISK_LENS(">= 0.3.4"), "com.docker.extension.changelog": "<p>Fixes</p>" },
        icon: DISK_ICON,
      },
      "1.1.0": { labels: DISK_LENS(">= 0.4.2"), icon: DISK_ICON, attestations: ["provenance", "sbom"] },
      "1.2.0-beta.1": { labels: DISK_LENS(">= 0.4.2"), icon: DISK_ICON, files: { "beta.txt": "beta" } },
    },
  },
  {
    path: "acme/port-scout",
    versions: {
      "0.4.0": {
        labels: labels(
          "Port Scout",
          "Finds out who listens on which port, and frees it.",
          "Acme Inc.",
          "networking",
          ">= 0.2.3",
        ),
        platforms: [{ os: "linux", architecture: "amd64" }],
        icon: icon("#0b6b63", '<path d="M14 32h36M32 14v36M20 20l24 24M44 20L20 44"/>'),
      },
    },
  },
  {
    path: "globex/vault-keeper",
    versions: {
      "3.2.1": {
        labels: {
          ...labels(
            "Vault SnapshotStore",
            "Keeps secrets of local containers in the key chain of your machine instead of in files.",
            "Globex Corporation",
            "security",
            ">= 0.3.0",
          ),
          "com.docker.extension.account-info": "required",
        },
        metadata: {
          icon: "disk-lens.svg",
          ui: UI,
          // biome-ignore lint/suspicious/noTemplateCurlyInString: publishers write it so
          vm: { image: "${DESKTOP_PLUGIN_IMAGE}" },
          host: { binaries: [{ darwin: [{ path: "/bin/keeper" }], linux: [{ path: "/bin/keeper" }] }] },
        },
        files: { "bin/keeper": "#!/bin/sh\n" },
        icon: icon(
          "#6a3fb5",
          '<rect x="16" y="28" width="32" height="22" rx="3"/><path d="M22 28v-6a10 10 0 0 1 20 0v6"/>',
        ),
      },
    },
  },
  {
    path: "initech/report-maker",
    versions: {
      "2.0.0": {
        labels: labels(
          "Report Maker",
          "Turns what your containers log into reports that managers read.",
          "Initech",
          "utility-tools",
          ">= 1.4.7",
        ),
        icon: null,
        metadata: { ui: UI },
      },
    },
  },
  {
    path: "hooli/nebula",
    versions: {
      "1.0.0": {
        labels: labels(
          "Nebula",
          "Kubernetes clusters on your laptop, started in the time it takes to read this.",
          "Hooli",
          "kubernetes,container-orchestration",
          ">= 0.3.4",
        ),
        icon: icon("#c2410c", '<path d="M20 42a10 10 0 0 1 0-20 14 14 0 0 1 26 4 8 8 0 0 1 0 16z"/>'),
      },
      "1.1.0": {
        labels: labels("Nebula", "Kubernetes clusters on your laptop.", "Hooli", "kubernetes", ">= 0.3.4"),
        icon: icon("#c2410c", '<path d="M20 42a10 10 0 0 1 0-20 14 14 0 0 1 26 4 8 8 0 0 1 0 16z"/>'),
      },
    },
  },
  {
    path: "hooli/nebula-classic",
    versions: {
      "0.9.0": {
        labels: labels(
          "Nebula Classic",
          "The Nebula of before, with one node.",
          "Hooli",
          "kubernetes",
          ">= 0.2.3",
        ),
        icon: icon("#78716c", '<path d="M20 42a10 10 0 0 1 0-20 14 14 0 0 1 26 4 8 8 0 0 1 0 16z"/>'),
      },
    },
  },
  {
    path: "umbrella/sample-box",
    versions: {
      "1.0.0": {
        labels: labels("Sample Box", "Under investigation.", "Umbrella", "testing-tools", ">= 0.3.4"),
      },
    },
  },
];
