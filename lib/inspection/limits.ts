import type { LayerLimits } from "@/lib/archive/layer-budget";

const MEBIBYTE = 1024 * 1024;

/** Limits of one inspection. Beyond a limit Gantry stops, with a finding or an error. */
export type InspectionLimits = LayerLimits & {
  /** Layers read for a provisional metadata.json, in addition to the budget of the proof. */
  provisionalLayers: number;
  /** Total bytes of these layers, as transferred. */
  provisionalBytes: number;
  /** Bytes of one of these layers, after decompression. */
  provisionalInflatedBytes: number;
  /** Total time for these layers. */
  provisionalMs: number;
  /** Total time for reading layers only to look for the files that metadata.json names. */
  namedFilesMs: number;
  /** Steps per platform to look for these files: names of a path, and entered folders, for each layer that is searched. */
  namedFileSteps: number;
  /** Time for the whole inspection. */
  imageMs: number;
  metadataBytes: number;
  /** Size of a compose file, or of another file that it needs. */
  composeBytes: number;
  iconBytes: number;
  /** Nesting depth of indexes: 2 is an index in an index. */
  indexDepth: number;
  indexEntries: number;
  /** Total size of the manifests and indexes of one image; they stay in memory during the inspection. */
  manifestBytes: number;
  /** Total size of the configs of all platforms: their labels are kept and their texts are scanned. */
  configBytes: number;
  /** Platforms whose manifest and config are fetched in parallel. */
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
  namedFilesMs: 20_000,
  namedFileSteps: 100_000,
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
