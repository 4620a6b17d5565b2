import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import { classifyTag } from "@/lib/extension/reference/tag";
import { parseRequirement, satisfies } from "@/lib/extension/requirement/requirement";

const VERSION_LABEL = "org.opencontainers.image.version";

/** Numbers, then what follows: `1.2`, `v1.2.3-rc.1`, `2026.05.1+build`. Zeros at the front are read over. */
const NUMBERS = /^v?\.?\s*(\d+(?:\.\d+)*)(.*)$/s;
/** What `git describe` appends to the last version: the number of commits since, and the commit. */
const DESCRIBED = /^-\d+-g[0-9a-f]{4,40}(?:-dirty)?$/;
/** An abbreviated commit can begin with digits. */
const COMMIT = /^[0-9a-f]{7,64}$/;
const RANGE = /[<>=^~|*,\s]|(?:^|\.)[xX](?:\.|$)/;

/**
 * Reports a version label that names another version than the tag. Names of branches, `latest`, commits and
 * unresolved build arguments name no version. `1.2` and `^1.2.0` do not contradict 1.2.3.
 */
export function versionLabelFindings(
  platforms: readonly { labels: Record<string, string> }[],
  tag: string,
): Finding[] {
  const values = platforms.flatMap(({ labels }) => labels[VERSION_LABEL] ?? []);
  const value = values.find((each) => contradicts(each.trim(), tag));
  return value === undefined
    ? []
    : [makeFinding("version_label_contradicts_tag", { label: VERSION_LABEL, value: value.trim(), tag })];
}

function contradicts(label: string, tag: string): boolean {
  const tagged = classifyTag(tag);
  if (tagged.kind !== "version" || label.length > MAX_CHARACTERS) return false;
  if (RANGE.test(label)) return isOutside(label, tagged.version);
  const [, numbers, rest = ""] = NUMBERS.exec(label) ?? [];
  if (numbers === undefined || COMMIT.test(label)) return false;
  if (!numbers.includes(".") && rest !== "") return false;
  const { major, minor, patch, prerelease } = tagged.version;
  const own = [major, minor, patch];
  const named = numbers.split(".", own.length).map(BigInt);
  if (named.some((number, at) => number !== own[at])) return true;
  const suffix = rest.replace(/\+.*$/s, "");
  if (named.length < own.length || numbers.split(".").length > own.length) return false;
  return suffix !== (prerelease.length === 0 ? "" : `-${prerelease.join(".")}`) && !DESCRIBED.test(suffix);
}

const MAX_CHARACTERS = 200;

function isOutside(label: string, version: Parameters<typeof satisfies>[1]): boolean {
  const range = parseRequirement(label);
  return range.kind !== "unreadable" && !satisfies(range, version, "minimum");
}
