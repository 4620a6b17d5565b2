/** “Your Docker Desktop”: a visitor's choice, from the page's query string or else from a cookie. */

import { parseHostVersion } from "@/lib/extension/desktop/release-table";
import { KNOWN_ARCHITECTURES, normalizePlatform } from "@/lib/extension/reference/platform";

/** The only cookie besides the session's that pages depend on. */
export const HOST_COOKIE = "gantry-host";

export type HostChoice = {
  /** A full Docker Desktop version: `4.44.0`. */
  desktop: string;
  /** In image notation: `amd64`, `arm64`. */
  architecture: string;
};

const CHARACTERS_MAX = 64;

/** Undefined unless both are valid. */
export function parseHostChoice(
  desktop: string | undefined,
  arch: string | undefined,
): HostChoice | undefined {
  if (!desktop || !arch || desktop.length + arch.length > CHARACTERS_MAX) return undefined;
  const version = parseHostVersion(desktop);
  if (version === undefined) return undefined;
  const { architecture } = normalizePlatform({ os: "linux", architecture: arch });
  return KNOWN_ARCHITECTURES.has(architecture) ? { desktop: version.text, architecture } : undefined;
}

export function hostCookieValue({ desktop, architecture }: HostChoice): string {
  return `${desktop}~${architecture}`;
}

/** Reads back what `hostCookieValue` wrote; undefined for anything else. */
export function parseHostCookie(value: string | undefined): HostChoice | undefined {
  const [desktop, architecture, ...more] = value?.split("~") ?? [];
  const choice = more.length === 0 ? parseHostChoice(desktop, architecture) : undefined;
  return choice !== undefined && hostCookieValue(choice) === value ? choice : undefined;
}
