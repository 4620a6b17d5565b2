const MEBIBYTE = 1024 * 1024;

/** Limits for fetching what labels name. */
export const MEDIA_LIMITS = {
  redirects: 3,
  /** One exchange; each redirect has its own. */
  exchangeMs: 20_000,
  /** All images and links of one container image. */
  allMs: 30_000,
  parallel: 6,
  /** Bodies of linked pages are discarded; this is their maximum size. */
  linkBytes: 64 * 1024,
  /** TTL of an outcome, for other versions of the same extension. */
  rememberedMs: 10 * 60_000,
  rememberedBytes: 32 * MEBIBYTE,
} as const;
