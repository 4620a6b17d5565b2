/**
 * Everything that one inspection learned about one image digest, as plain JSON: it is stored, served and
 * compared. Absent values are `null`. What a person decided or what is visible is not in here.
 */

import type { Capabilities } from "@/lib/extension/capabilities/capabilities";
import type { NewKey } from "@/lib/extension/compose/keys/key-versions";
import type { Finding } from "@/lib/extension/findings/finding";
import type { ExtensionLabels } from "@/lib/extension/labels/labels";
import type { Metadata } from "@/lib/extension/metadata/metadata-document";
import type { Digest } from "@/lib/extension/reference/digest";
import type { MediaReport } from "@/lib/extension/report/media-report";
import type { SupplyChainReport } from "@/lib/extension/report/supply-chain-report";

/** `inspected`: readable and an extension. `invalid`: readable, but not an extension. `unreadable`: an error of the
 * registry, the network or ours; to be tried again. */
export type InspectionState = "inspected" | "invalid" | "unreadable";

export type PlatformReport = {
  os: string;
  architecture: string;
  variant: string | null;
  /** The platform manifest's digest. */
  digest: Digest;
  configDigest: Digest;
  /** Compressed layers plus config, in bytes. */
  sizeBytes: number;
  /** RFC 3339, from the config; null when absent or unreadable. */
  created: string | null;
  labels: Record<string, string>;
};

export type MetadataReport = {
  document: Metadata;
  /** The file's text exactly as found, at most 1 MiB. */
  text: string;
  /** `full`: every layer that could hide or replace the file was read and its hash verified. */
  proof: "full" | "partial";
  layer: Digest;
};

/** The Compose project that metadata.json names: the file, and the other image files that it needs. */
export type ComposeReport = {
  /** Absolute path in the image, with links not followed. */
  path: string;
  layer: Digest;
  /** The file's text as found, at most 1 MiB. */
  text: string;
  files: { path: string; layer: Digest; text: string }[];
  /** Keys that old releases of Docker Compose do not have. Absent in reports of older inspectors. */
  newKeys?: NewKey[];
  /** `full`: every layer that could hide or replace one of the files was read and its hash verified. */
  proof: "full" | "partial";
};

export type IconReport = {
  path: string;
  layer: Digest;
  sha256: string;
  contentType: string;
  sizeBytes: number;
};

export type InspectionReport = {
  schema: 1;
  /** `INSPECTOR_VERSION` of the inspector that made the report. */
  inspectorVersion: number;
  repository: string;
  /** The digest of the index, or of the manifest when the image has no index. */
  digest: Digest;
  mediaType: string;
  state: InspectionState;
  /** Real platforms only, without the attestation entries of the index. */
  platforms: PlatformReport[];
  /** Summary of `supplyChain`. */
  attestations: { provenance: boolean; sbom: boolean };
  /** Labels of the reference platform (linux/amd64 if present, otherwise the first). */
  labels: ExtensionLabels;
  /** The api.version label of each platform, in platform order; null when absent. */
  requirements: { platform: string; raw: string | null }[];
  metadata: MetadataReport | null;
  compose: ComposeReport | null;
  /** The icon file that metadata.json names, from the layers. */
  icon: IconReport | null;
  /** The images and links in the labels of the reference platform. */
  media: MediaReport;
  /** Unverified claims. */
  supplyChain: SupplyChainReport;
  capabilities: Capabilities;
  /** Whether Gantry looked in the layers for the files that metadata.json names. */
  namedFiles: "look_up" | "leave_out";
  findings: Finding[];
  /** `bytes`: everything read for the report; `layerBytes`: of layers only; `imageBytes`: size of a full pull. */
  cost: { requests: number; bytes: number; layerBytes: number; imageBytes: number };
};
