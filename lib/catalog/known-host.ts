import type { Host, PreparedReleases } from "@/lib/extension/desktop/desktop-release";

/**
 * Whether answers for this host may be kept: its release, in its canonical spelling, or its Extension API version, is in the table of releases. There
 * are few of those. Versions that a client makes up get their answers, too, but never fill a cache.
 */
export function isKnownHost(
  { rows, apis }: PreparedReleases,
  { desktop, api }: Pick<Host, "desktop" | "api">,
): boolean {
  if (api !== undefined) return apis.some((known) => known.api.text === api);
  return desktop !== undefined && rows.some((row) => row.desktop.text === desktop);
}
