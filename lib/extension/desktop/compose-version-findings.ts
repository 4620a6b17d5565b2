import type { NewKey } from "@/lib/extension/compose/keys/key-versions";
import {
  type DesktopRelease,
  type PreparedReleases,
  prepareReleases,
  type Releases,
  spokenRelease,
} from "@/lib/extension/desktop/desktop-release";
import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import { compareSemver, parseSemver, type SemVersion } from "@/lib/extension/reference/semver";
import {
  combineRequirements,
  parseRequirement,
  type Reading,
  satisfies,
} from "@/lib/extension/requirement/requirement";

type Image = {
  requirements: readonly { raw: string | null }[];
  compose: { newKeys?: readonly NewKey[] } | null;
};

/**
 * Keys of the Compose project that the Docker Compose of the oldest admitted Docker Desktop does not have. Where the
 * version of a release is unknown, it lies between those of its neighbors, and only what is certain is reported.
 */
export function composeVersionFindings(
  { requirements, compose }: Image,
  releases: Releases,
  reading: Reading,
): Finding[] {
  const newKeys = distinctKeys(compose?.newKeys ?? []);
  if (newKeys.length === 0) return [];
  const { rows, apis } = prepareReleases(releases);
  const requirement = combineRequirements(requirements.map(({ raw }) => parseRequirement(raw)));
  const oldest = rows.findIndex(({ api }) => api !== undefined && satisfies(requirement, api, reading));
  const row = rows[oldest];
  const known = row && highestCompose(rows, oldest);
  if (row === undefined || known === undefined) return [];
  return newKeys
    .filter(({ since }) => isOlder(known.version, since))
    .map(({ at, since, count }) =>
      makeFinding("compose_key_too_new", {
        at,
        count,
        since,
        desktop: spokenRelease(row.release.version),
        compose: `${known.isExact ? "" : "at most "}Docker Compose ${known.version.text}`,
        api: apis.find(({ oldest: release }) => hasAtLeast(rows, release, since))?.api.text ?? null,
        enough: firstWith(rows, since),
      }),
    );
}

type Rows = PreparedReleases["rows"];

/** One key for each cause: the innermost of nested keys, and one of those with the same name and version. */
function distinctKeys(newKeys: readonly NewKey[]): NewKey[] {
  const innermost = newKeys.filter(({ key }) => !newKeys.some((other) => other.key.startsWith(`${key}.`)));
  return [
    ...new Map(innermost.map((each) => [`${each.key.split(".").at(-1)} ${each.since}`, each])).values(),
  ];
}

/** The Docker Compose of a release; where it is unknown, the next newer release has at least the same. */
function highestCompose(rows: Rows, at: number): { version: SemVersion; isExact: boolean } | undefined {
  const version = rows
    .slice(at)
    .map(composeOf)
    .find((each) => each !== undefined);
  const [row] = rows.slice(at, at + 1);
  return version && { version, isExact: row !== undefined && composeOf(row) !== undefined };
}

function hasAtLeast(rows: Rows, release: DesktopRelease, since: string): boolean {
  const end = rows.findIndex((row) => row.release === release) + 1;
  const version = rows
    .slice(0, end)
    .map(composeOf)
    .findLast((each) => each !== undefined);
  return version !== undefined && !isOlder(version, since);
}

function firstWith(rows: Rows, since: string): string {
  const row = rows.find((each) => {
    const version = composeOf(each);
    return version !== undefined && !isOlder(version, since);
  });
  return row === undefined
    ? "No known Docker Desktop has it."
    : `${spokenRelease(row.release.version)} and later have it.`;
}

function composeOf({ release }: Rows[number]): SemVersion | undefined {
  const { composeVersion } = release;
  return composeVersion === null ? undefined : parseSemver(composeVersion);
}

function isOlder(version: SemVersion, since: string): boolean {
  const other = parseSemver(since);
  return other !== undefined && compareSemver(version, other) < 0;
}
