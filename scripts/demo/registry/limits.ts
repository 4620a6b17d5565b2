export type RegistryLimits = {
  /** Of all blobs and manifests together. */
  totalBytes: number;
  blobBytes: number;
  manifestBytes: number;
  /** Begun and not finished; the one that was idle longest makes room for a new one. */
  uploads: number;
  tagsPerPage: number;
};
