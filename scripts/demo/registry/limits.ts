export type RegistryLimits = {
  /** Total size of all blobs and manifests. */
  totalBytes: number;
  blobBytes: number;
  manifestBytes: number;
  /** Unfinished uploads. A new one evicts the one that has been idle longest. */
  uploads: number;
  tagsPerPage: number;
};
