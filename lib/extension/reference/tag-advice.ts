import { withoutPlatformSuffix } from "@/lib/extension/reference/platform-suffix";
import { parseSemver } from "@/lib/extension/reference/semver";

const DATE = /^v?((?:19|20)[0-9]{2})[._-]?([0-9]{2})[._-]?([0-9]{2})$/;
const THREE_NUMBERS = /[0-9]+(?:\.[0-9]+){2,}/;
const NUMBERS = /[0-9]+(?:\.[0-9]+)*/;
/** What comes before the numbers, with numbers of its own: `win32-`, `disk-lens-v`. */
const NAME = /^(?![vV][0-9])[A-Za-z][A-Za-z0-9._-]*?[._-]v?(?=[0-9])/;
const PRERELEASE =
  /^[._-]?(alpha|beta|rc|pre|preview|dev|snapshot|nightly|canary|next|test|milestone|ea|a|b|m)(?:[._-]?([0-9]+))?(?![A-Za-z])/i;
const WILDCARD = /^\.?[xX*]?[._-]?$/;

/**
 * The strict semantic version to push instead of a tag that is not one, with the tag's leading `v`. It has the numbers of
 * the tag, or is higher where something follows that makes the tag later than these: a fourth number (`1.2.3.4` →
 * `1.2.4`) or a build (`1.2.3_4`). Never a prerelease, which would come before, unless the tag says that it is one. Undefined
 * without numbers.
 */
export function versionInsteadOf(tag: string): string | undefined {
  const rest = withoutPlatformSuffix(tag.slice(0, 256));
  if (rest !== undefined && parseSemver(rest.replace(/^v/, "")) !== undefined) return rest;
  const text = rest ?? tag.slice(0, 256);
  const version = versionFromDate(text) ?? versionFromNumbers(text);
  if (version === undefined || parseSemver(version) === undefined) return undefined;
  return /^v[0-9]/.test(text) ? `v${version}` : version;
}

function versionFromDate(text: string): string | undefined {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  return [year, month, day].map(BigInt).join(".");
}

function versionFromNumbers(text: string): string | undefined {
  const found =
    THREE_NUMBERS.exec(text) ?? NUMBERS.exec(text.replaceAll(/x86[-_]64/gi, "x64").replace(NAME, ""));
  if (found === null) return undefined;
  const [major = 0n, minor = 0n, patch = 0n, ...more] = found[0].split(".").map(BigInt);
  const rest = found.input.slice(found.index + found[0].length);
  const prerelease = PRERELEASE.exec(rest);
  const isLater = more.some((number) => number > 0n) || (prerelease === null && !WILDCARD.test(rest));
  const core = `${major}.${minor}.${isLater ? patch + 1n : patch}`;
  return prerelease === null ? core : `${core}-${identifiers(prerelease, rest)}`;
}

/** Where more follows, it is a later one: `rc.1_7` → `rc.2`. */
function identifiers([all, word = "", number]: RegExpExecArray, rest: string): string {
  const isLater = /[0-9A-Za-z]/.test(rest.slice(all.length));
  if (number === undefined) return isLater ? `${word.toLowerCase()}.1` : word.toLowerCase();
  return `${word.toLowerCase()}.${BigInt(number) + (isLater ? 1n : 0n)}`;
}
