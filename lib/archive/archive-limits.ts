const MEBIBYTE = 1024 * 1024;

/** Limits of the archive format, the same for every inspection. */
export const ARCHIVE_LIMITS = {
  /** A PAX header or GNU long name; the same limit as in Go's archive/tar. */
  extendedHeaderBytes: MEBIBYTE,
  /** The window that RFC 8878 recommends every decoder to support. */
  zstdWindowBytes: 8 * MEBIBYTE,
  /** PATH_MAX of Linux. */
  pathCharacters: 4096,
  pathSegments: 255,
  /** All paths and link targets of one layer in total. */
  pathCharactersTogether: 32 * MEBIBYTE,
  /** Folders of one layer that it writes into without an entry of their own. */
  enteredFolders: 10_000,
  /** Links followed to resolve one file. */
  linkHops: 8,
  /** Size of files kept while a layer is read for the first time, so that it need not be read again. */
  keptFileBytes: MEBIBYTE,
  keptBytesTogether: 4 * MEBIBYTE,
} as const;
