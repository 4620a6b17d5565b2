import type { Host, PreparedReleases } from "@/lib/extension/desktop/desktop-release";

/**
 * Whether results for this host can be cached: its Docker Desktop version (in canonical form) or its Extension API
 * version is in the table of releases, which is small. Invented versions get results too, but never fill a cache.
 */
export function isKnownHost(
  { rows, apis }: PreparedReleases,
  { desktop, api }: Pick<Host, "desktop" | "api">,
): boolean {
  if (api !== undefined) return apis.some((known) => known.api.text === api);
  return desktop !== undefined && rows.some((row) => row.desktop.text === desktop);
}
