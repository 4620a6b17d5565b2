export type SecurityHeaderOptions = {
  /** Whether clients reach this instance by https (`GANTRY_URL`). */
  https: boolean;
};

const ONE_YEAR_SECONDS = 31_536_000;

/** The security headers of every response: pages, files, API, errors. Names in lower case. */
export function securityHeaders({ https }: SecurityHeaderOptions): Record<string, string> {
  return {
    "x-content-type-options": "nosniff",
    // Stricter policies make browsers send `Origin: null` with our own forms.
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
    ...(https ? { "strict-transport-security": `max-age=${ONE_YEAR_SECONDS}` } : {}),
  };
}
