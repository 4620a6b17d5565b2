const MEBIBYTE = 1024 * 1024;

/** The limits of what labels make us fetch. */
export const MEDIA_LIMITS = {
  redirects: 3,
  /** One exchange, redirects not counted together. */
  exchangeMs: 20_000,
  /** All pictures and links of one image. */
  allMs: 30_000,
  parallel: 6,
  /** What a linked page sends is thrown away; this much may come. */
  linkBytes: 64 * 1024,
  /** How long an outcome is taken for another version of the same extension. */
  rememberedMs: 10 * 60_000,
  rememberedBytes: 32 * MEBIBYTE,
} as const;
