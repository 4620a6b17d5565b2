/** “Your Docker Desktop”: what a visitor chose, in the address of a page or else in a cookie. */

import { parseHostVersion } from "@/lib/extension/desktop/release-table";
import { KNOWN_ARCHITECTURES, normalizePlatform } from "@/lib/extension/reference/platform";

/** Pages depend on this cookie and on the session's, and on no other. */
export const HOST_COOKIE = "gantry-host";

export type HostChoice = {
  /** A Docker Desktop version in full: `4.44.0`. */
  desktop: string;
  /** As images name it: `amd64`, `arm64`. */
  architecture: string;
};

const CHARACTERS_MAX = 64;

/** Undefined unless both say something. */
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
