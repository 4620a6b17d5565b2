/** Every limit of the registry client, with its unit. Each is a hard edge: one more is refused. */
export const REGISTRY_LIMITS = {
  manifestBytes: 4 * 1024 * 1024,
  /** Configs and other blobs that are read whole into memory. */
  blobBytes: 4 * 1024 * 1024,
  indexEntries: 256,
  layers: 512,
  tokenBytes: 64 * 1024,
  /** The realm and service of a challenge, as one address; real ones have less than 200. */
  tokenAddressCharacters: 2 * 1024,
  tokenCharacters: 16 * 1024,
  tagsPageBytes: 8 * 1024 * 1024,
  tagsPages: 100,
  tags: 100_000,
  /** The page size that tag lists request; a registry can send fewer, or ignore it. */
  tagsPerPage: 1000,
  /** Referrers that one list gives by default, and pages that are read for them. */
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
