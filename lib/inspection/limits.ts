import type { LayerLimits } from "@/lib/archive/layer-budget";

const MEBIBYTE = 1024 * 1024;

/** The limits of one inspection. Each is a hard edge: one more is refused, and a finding or an error says so. */
export type InspectionLimits = LayerLimits & {
  /** Layers read for a provisional metadata.json, beside what the proof may spend. */
  provisionalLayers: number;
  /** Of all of them together, as transferred. */
  provisionalBytes: number;
  /** Of one of them, after decompression. */
  provisionalInflatedBytes: number;
  /** Of all of them together. */
  provisionalMs: number;
  /** Time for everything. */
  imageMs: number;
  metadataBytes: number;
  /** A compose file, or another file that it needs. */
  composeBytes: number;
  iconBytes: number;
  /** Manifests nested in indexes: 2 is an index in an index. */
  indexDepth: number;
  indexEntries: number;
  /** Manifests and indexes of one image together; they are kept until it is inspected. */
  manifestBytes: number;
  /** Configs of all platforms together: their labels are kept, and their texts looked through. */
  configBytes: number;
  /** Platforms whose manifest and config are fetched at the same time. */
  parallelPlatforms: number;
};

export const INSPECTION_LIMITS: InspectionLimits = {
  compressedBytes: 64 * MEBIBYTE,
  inflatedBytes: 256 * MEBIBYTE,
  layerEntries: 200_000,
  layerMs: 60_000,
  provisionalLayers: 6,
  provisionalBytes: 64 * 1024,
  provisionalInflatedBytes: 8 * MEBIBYTE,
  provisionalMs: 5_000,
  imageMs: 120_000,
  metadataBytes: MEBIBYTE,
  composeBytes: MEBIBYTE,
  iconBytes: MEBIBYTE,
  indexDepth: 2,
  indexEntries: 256,
  manifestBytes: 32 * MEBIBYTE,
  configBytes: 16 * MEBIBYTE,
  parallelPlatforms: 4,
};
