import { createHash } from "node:crypto";
import type { ExtensionLabels } from "@/lib/extension/labels/labels";
import { type Digest, parseDigest } from "@/lib/extension/reference/digest";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import type { MediaReport, PictureReport } from "@/lib/extension/report/media-report";
import { INSPECTOR_VERSION } from "@/lib/inspection/inspector-version";
import { capabilities } from "@/tests/builders/capabilities";

/** A digest that belongs to `seed` and to nothing else. */
export function digestOf(seed: string): Digest {
  const digest = parseDigest(`sha256:${createHash("sha256").update(seed).digest("hex")}`);
  if (digest === undefined) throw new Error("sha256 gave no digest");
  return digest;
}

export type ReportChanges = Partial<Omit<InspectionReport, "labels">> & { labels?: Partial<ExtensionLabels> };

/** The report of a well-made extension for both platforms. `seed` decides every digest in it. */
export function inspectionReport(seed: string, { labels, ...changes }: ReportChanges = {}): InspectionReport {
  const allLabels = { ...LABELS, ...labels };
  return {
    schema: 1,
    inspectorVersion: INSPECTOR_VERSION,
    repository: "docker.io/acme/disk-lens",
    digest: digestOf(seed),
    mediaType: "application/vnd.oci.image.index.v1+json",
    state: "inspected",
    platforms: ["amd64", "arm64"].map((architecture) => ({
      os: "linux",
      architecture,
      variant: null,
      digest: digestOf(`${seed} ${architecture}`),
      configDigest: digestOf(`${seed} ${architecture} config`),
      sizeBytes: 12_345_678,
      created: "2026-10-01T12:00:00Z",
      labels: {
        "org.opencontainers.image.title": allLabels.title ?? "",
        "com.docker.desktop.extension.api.version": allLabels.apiVersion ?? "",
      },
    })),
    attestations: { provenance: true, sbom: false },
    labels: allLabels,
    requirements: ["linux/amd64", "linux/arm64"].map((platform) => ({ platform, raw: allLabels.apiVersion })),
    metadata: {
      document: {
        icon: "icon.svg",
        ui: { title: "Disk Lens", root: "/ui", src: "index.html", backendSocket: null },
        vm: null,
        hostBinaries: [],
        notUnderstood: [],
      },
      text: '{"icon":"icon.svg"}',
      proof: "full",
      layer: digestOf(`${seed} layer`),
    },
    compose: null,
    icon: {
      path: "/icon.svg",
      layer: digestOf(`${seed} layer`),
      sha256: digestOf(`${seed} icon`).slice("sha256:".length),
      contentType: "image/png",
      sizeBytes: 512,
    },
    media: mediaReport(seed, allLabels),
    supplyChain: {
      looked: "registry",
      provenance: {
        predicateType: "https://slsa.dev/provenance/v1",
        builder: "https://ci.acme.example",
        source: null,
      },
      sbom: null,
      referrers: [],
      signatures: [],
      complete: true,
    },
    namedFiles: "look_up",
    capabilities: capabilities(),
    findings: [],
    cost: { requests: 7, bytes: 20_000, layerBytes: 1_200, imageBytes: 24_691_356 },
    ...changes,
  };
}

function mediaReport(seed: string, labels: ExtensionLabels): MediaReport {
  const stored = (url: string, alt: string, kind: string): PictureReport => {
    const sha256 = digestOf(`${seed} ${kind} ${url}`).slice("sha256:".length);
    return {
      url,
      alt,
      outcome: "stored",
      picture: { sha256, contentType: "image/webp", sizeBytes: 4_096, width: 1200, height: 800 },
    };
  };
  const links = [{ title: "Publisher", url: labels.publisherUrl }, ...labels.additionalUrls];
  return {
    icon: labels.icon === null ? null : stored(labels.icon, "", "icon"),
    screenshots: labels.screenshots.map(({ url, alt }) => stored(url, alt, "screenshot")),
    links: links.flatMap(({ title, url }) =>
      url === null ? [] : [{ title, url, outcome: "reachable" as const }],
    ),
  };
}

const LABELS: ExtensionLabels = {
  title: "Disk Lens",
  description: "Shows what fills the disk.",
  vendor: "Acme Inc.",
  apiVersion: ">= 0.3.0",
  icon: null,
  screenshots: [{ url: "https://acme.example/shot.png", alt: "The main view" }],
  detailedDescription: "<h2>Why</h2><p>Because disks <b>fill up</b>.</p>",
  publisherUrl: "https://acme.example/",
  changelog: "<ul><li>Faster.</li></ul>",
  additionalUrls: [{ title: "Docs", url: "https://acme.example/docs" }],
  accountRequired: false,
  categories: ["utility-tools"],
  licenses: "Apache-2.0",
  source: "https://git.acme.example/disk-lens",
};
