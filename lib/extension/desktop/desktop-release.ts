import {
  apiOf,
  parseHostVersion,
  type ReleaseConfidence,
  type ReleaseTable,
  tableOf,
} from "@/lib/extension/desktop/release-table";
import type { HostOs } from "@/lib/extension/metadata/host-os";
import { type Channel, compareSemver, type SemVersion } from "@/lib/extension/reference/semver";
import { covers, intersection } from "@/lib/extension/requirement/interval";
import { type Reading, type Requirement, satisfies } from "@/lib/extension/requirement/requirement";
import { LOWEST } from "@/lib/extension/requirement/version-line";
import { amongReleases, includes, lowestOf, type VersionSet } from "@/lib/extension/requirement/version-set";
import { quoted } from "@/lib/extension/text/quoted";

/** A Docker Desktop release and its Extension API version, if known. */
export type DesktopRelease = {
  version: string;
  /** RFC 3339 date; null when unknown. */
  releasedOn: string | null;
  /** Null when unknown: the neighboring releases then give the bounds. */
  apiVersion: string | null;
  /** The Docker Compose that it contains, such as `2.40.3`; null when unknown. */
  composeVersion: string | null;
  confidence: ReleaseConfidence;
  /** Source of the API version. */
  source: string;
};

/** The requesting machine. Requirements apply to its Extension API version, never to its Desktop version. */
export type Host = {
  /** Docker Desktop version; `4.38` means `4.38.0`. */
  desktop?: string;
  /** Extension API version; takes precedence over `desktop`. */
  api?: string;
  architecture: string;
  os?: HostOs;
  /** Default: `stable`. */
  channel?: Channel;
};

/** For many queries pass a prepared table: every call prepares a plain array again. */
export type Releases = readonly DesktopRelease[] | PreparedReleases;
export type PreparedReleases = ReleaseTable<DesktopRelease>;

export type Confidence = ReleaseConfidence | "assumed";

/** The compatibility of an extension with a host. `unknown` is never offered. `message` is a sentence for users. */
export type Judgement = {
  verdict: "compatible" | "incompatible" | "unknown";
  confidence: Confidence;
  message: string;
};

/** The Extension API version of a host. `name` is the host's name in sentences. */
export type HostApi =
  | { kind: "known"; api: SemVersion; confidence: ReleaseConfidence; name: string }
  | { kind: "between"; from: SemVersion | undefined; to: SemVersion | undefined; name: string }
  | { kind: "unknown"; message: string };

export function prepareReleases(releases: Releases): PreparedReleases {
  return "rows" in releases ? releases : tableOf(releases);
}

/**
 * Whether an extension with this requirement runs on the host. If the API version of a release is unknown, it lies between
 * those of its neighbors: a requirement that the whole span satisfies is `compatible` with confidence `assumed`, one that
 * no part of it satisfies is `incompatible`, and any other is `unknown`. So is an unreadable requirement or host.
 */
export function judge(
  requirement: Requirement,
  host: Pick<Host, "desktop" | "api">,
  releases: Releases,
  bareApiVersion: Reading,
): Judgement {
  return judgeApi(requirement, hostApiOf(host, releases), bareApiVersion);
}

export function judgeApi(requirement: Requirement, host: HostApi, reading: Reading): Judgement {
  if (requirement.kind === "unreadable") return unknown(requirement.message);
  if (host.kind === "unknown") return unknown(host.message);
  const { text, versions } = requirement.readings[reading];
  if (host.kind === "between") return judgeSpan(versions, text, host);
  const { api, confidence, name } = host;
  const spoken = name.endsWith(api.text) ? name : `${name} (Extension API ${api.text})`;
  if (satisfies(requirement, api, reading)) {
    return { verdict: "compatible", confidence, message: `Works with ${spoken}.` };
  }
  return {
    verdict: "incompatible",
    confidence,
    message: `Requires Extension API ${text}, but this is ${spoken}.`,
  };
}

/** The API version of the host: as given, or looked up by its Desktop version. */
export function hostApiOf(host: Pick<Host, "desktop" | "api">, releases: Releases): HostApi {
  if (host.api !== undefined) {
    const api = parseHostVersion(host.api);
    if (api === undefined)
      return { kind: "unknown", message: `${quoted(host.api)} is not an Extension API version.` };
    return { kind: "known", api, confidence: "verified", name: `Extension API ${api.text}` };
  }
  if (host.desktop === undefined)
    return { kind: "unknown", message: "The Docker Desktop version is unknown." };
  const desktop = parseHostVersion(host.desktop);
  if (desktop === undefined) {
    return {
      kind: "unknown",
      message: `${quoted(host.desktop)} is not a Docker Desktop version such as 4.44.0.`,
    };
  }
  return desktopApi(desktop, prepareReleases(releases));
}

/** The oldest Desktop release that is known to satisfy the requirement; null when there is none. */
export function minimumDesktop(
  requirement: Requirement,
  releases: Releases,
  reading: Reading,
): string | null {
  const { rows } = prepareReleases(releases);
  const row = rows.find(({ api }) => api !== undefined && satisfies(requirement, api, reading));
  return row?.release.version ?? null;
}

/** True when the requirement lies above all known API versions, so that no known Desktop release satisfies it. */
export function neverMatches(requirement: Requirement, releases: Releases, reading: Reading): boolean {
  if (requirement.kind === "unreadable") return false;
  const lowest = lowestOf(requirement.readings[reading].versions);
  if (lowest === undefined) return true;
  const newest = prepareReleases(releases).apis.at(-1)?.api;
  return newest !== undefined && compareSemver(lowest, newest) > 0;
}

/** The nearest known releases that satisfy the requirement, with a newer and with an older API than the host. */
export function nearestDesktops(
  requirement: Requirement,
  host: HostApi,
  releases: Releases,
  reading: Reading,
): { newer: string | undefined; older: string | undefined } {
  if (host.kind === "unknown") return { newer: undefined, older: undefined };
  const { from = LOWEST, to } = host.kind === "known" ? { from: host.api, to: host.api } : host;
  const fitting = prepareReleases(releases).apis.filter(({ api }) => satisfies(requirement, api, reading));
  const newer = fitting.find(({ api }) => compareSemver(api, from) > 0);
  const older = fitting.findLast(({ api }) => to === undefined || compareSemver(api, to) < 0);
  return { newer: newer?.oldest.version, older: older?.newest.version };
}

/** The usual name of a release: `Docker Desktop 4.44` for `4.44.0`. */
export function spokenRelease(version: string): string {
  return `Docker Desktop ${version.replace(/^([0-9]+\.[0-9]+)\.0$/, "$1")}`;
}

function desktopApi(desktop: SemVersion, table: PreparedReleases): HostApi {
  const name = `Docker Desktop ${desktop.text}`;
  const found = apiOf(table, desktop);
  if (found === undefined) {
    return { kind: "unknown", message: `The Extension API version of ${name} is unknown.` };
  }
  if (found.kind === "between") return { ...found, name };
  return { kind: "known", api: found.api, confidence: found.release.confidence, name };
}

function judgeSpan(versions: VersionSet, needed: string, host: HostApi & { kind: "between" }): Judgement {
  const { from = LOWEST, to, name } = host;
  // The ends are tested separately: they can be prereleases, which the span between them excludes.
  const span = amongReleases(to === undefined ? { from } : { from, before: to });
  const ends = [host.from, to].filter((end) => end !== undefined);
  const about = `${name}, whose Extension API is ${spokenSpan(host)}`;
  if (covers(versions.releases, span) && ends.every((end) => includes(versions, end))) {
    return { verdict: "compatible", confidence: "assumed", message: `Likely works with ${about}.` };
  }
  const touches =
    intersection(versions.releases, [span]).length > 0 || ends.some((end) => includes(versions, end));
  if (!touches) {
    return {
      verdict: "incompatible",
      confidence: "assumed",
      message: `Requires Extension API ${needed}, but this is ${about}.`,
    };
  }
  const message = `May not work with ${about}: it requires ${needed}.`;
  return { verdict: "unknown", confidence: "assumed", message };
}

function spokenSpan({ from, to }: { from: SemVersion | undefined; to: SemVersion | undefined }): string {
  if (from === undefined) return `${to?.text} or earlier`;
  if (to === undefined) return `${from.text} or later`;
  return from.text === to.text ? `probably ${from.text}` : `between ${from.text} and ${to.text}`;
}

function unknown(message: string): Judgement {
  return { verdict: "unknown", confidence: "unverified", message };
}
