const MEBIBYTE = 1024 * 1024;

/** The limits of one inspection. Each is a hard edge: one more is refused, and a finding or an error says so. */
export type InspectionLimits = {
  /** Layer bytes transferred, all platforms together. */
  compressedBytes: number;
  /** Layer bytes after decompression, all platforms together. */
  inflatedBytes: number;
  /** Entries of layer archives, counted with the directories that they only imply. */
  layerEntries: number;
  /** Time for reading layers, without the time spent waiting for a thread. */
  layerMs: number;
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

/** Limits of the archive format, the same for every inspection. */
export const ARCHIVE_LIMITS = {
  /** A PAX header or GNU long name, as in Go's archive/tar. */
  extendedHeaderBytes: MEBIBYTE,
  /** What RFC 8878 recommends every decoder to support, and no more. */
  zstdWindowBytes: 8 * MEBIBYTE,
  /** PATH_MAX of Linux. */
  pathCharacters: 4096,
  pathSegments: 255,
  /** All paths and link targets of one layer. */
  pathCharactersTogether: 32 * MEBIBYTE,
  /** Folders of one layer that it writes into without an entry of their own. */
  enteredFolders: 10_000,
  /** Links followed on the way to one file. */
  linkHops: 8,
  /** Files kept while a layer is read for the first time, so that it need not be read again. */
  keptFileBytes: MEBIBYTE,
  keptBytesTogether: 4 * MEBIBYTE,
} as const;
