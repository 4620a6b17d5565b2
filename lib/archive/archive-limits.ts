const MEBIBYTE = 1024 * 1024;

/** Limits of the archive format, the same for every inspection. */
export const ARCHIVE_LIMITS = {
  /** Limit for a PAX header or GNU long name, as in Go's archive/tar. */
  extendedHeaderBytes: MEBIBYTE,
  /** The window size that RFC 8878 recommends every decoder to support. */
  zstdWindowBytes: 8 * MEBIBYTE,
  /** Linux's PATH_MAX. */
  pathCharacters: 4096,
  pathSegments: 255,
  /** Total length of all paths and link targets in one layer. */
  pathCharactersTogether: 32 * MEBIBYTE,
  /** Folders that a layer writes into without an entry of their own. */
  enteredFolders: 10_000,
  /** Links followed to resolve one file. */
  linkHops: 8,
  /** Maximum size of a file kept during the first pass over a layer, so that the layer need not be read again. */
  keptFileBytes: MEBIBYTE,
  keptBytesTogether: 4 * MEBIBYTE,
} as const;
