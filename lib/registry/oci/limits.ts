/** Limits of the registry client, with their units. Each is inclusive: anything above it is rejected. */
export const REGISTRY_LIMITS = {
  manifestBytes: 4 * 1024 * 1024,
  /** Configs and other blobs that are read whole into memory. */
  blobBytes: 4 * 1024 * 1024,
  indexEntries: 256,
  layers: 512,
  tokenBytes: 64 * 1024,
  /** Realm and service of a challenge, as one URL; real ones have fewer than 200. */
  tokenAddressCharacters: 2 * 1024,
  tokenCharacters: 16 * 1024,
  tagsPageBytes: 8 * 1024 * 1024,
  tagsPages: 100,
  tags: 100_000,
  /** The page size that tag lists request; a registry can send fewer, or ignore it. */
  tagsPerPage: 1000,
  /** Default number of referrers per list, and the maximum number of pages read for them. */
  referrers: 50,
  referrersPages: 10,
  blobRedirects: 3,
  manifestRedirects: 2,
  tokenRedirects: 0,
  errorBodyBytes: 16 * 1024,
  errorTextCharacters: 300,
  tokenLifetimeSecondsMin: 60,
  tokenLifetimeSecondsMax: 3600,
} as const;
