import { versionInsteadOf } from "@/lib/extension/reference/tag-advice";

/** Why a tag is not a version. The meaning of a code never changes; the text can. */
export type SkipReason =
  | "invalid_tag"
  | "attachment"
  | "digest_like"
  | "moving_name"
  | "platform_prefix_tag"
  | "platform_suffix_tag"
  | "capital_v"
  | "build_metadata"
  | "date"
  | "partial_version"
  | "four_part_version"
  | "malformed_version"
  | "prefixed_version"
  | "not_semver";

/** `why`: with the version to push instead. */
type Rule = { reason: SkipReason; pattern: RegExp; why: (instead: string) => string };

type Explanation = { reason: SkipReason; why: string };

/** Rules in order; the first match explains the tag. All patterns are anchored and linear in its length. */
const RULES: readonly Rule[] = [
  {
    // Cosign's tags, and the fallback tag for referrers (distribution-spec 1.1, "Referrers Tag Schema").
    reason: "attachment",
    pattern: /^sha(?:256-[0-9a-f]{64}|512-[0-9a-f]{128})(?:\.(?:sig|att|sbom))?$/,
    why: () => "it holds signatures or attestations of an image, not a version. No action needed.",
  },
  {
    reason: "digest_like",
    pattern: /^(?:sha(?:256|512)[:-][0-9a-f]{8,}|sha-[0-9a-f]+$|[0-9a-f]{40}$|[0-9a-f]{64}$)/,
    why: () =>
      "it names a digest or a commit, not a version. Also push the image under a version such as “1.2.0”.",
  },
  {
    reason: "moving_name",
    pattern:
      /^(?:latest|main|master|trunk|head|edge|nightly|canary|next|current|stable|release|snapshot|dev|devel|develop|development|test|testing|staging|prod|production|preview|alpha|beta|rc|local)$/i,
    why: () =>
      "it is a floating tag that moves with every build. Push a tag such as “1.2.0” for each version.",
  },
  {
    reason: "platform_prefix_tag",
    pattern:
      /^(?:mac|macos|osx|darwin|win|windows|win32|win64|linux|amd64|arm64|aarch64|x86_64|x64|arm)[._-]?v?[0-9]/i,
    why: (instead) =>
      `it starts with a platform. Put all platforms into one image: build with --platform=linux/amd64,linux/arm64 and push it once, as “${instead}”.`,
  },
  {
    reason: "capital_v",
    pattern: /^V[0-9]/,
    why: (instead) => `the prefix “V” is a capital letter. Push it as “${instead}”.`,
  },
  {
    reason: "build_metadata",
    pattern: /^v?[0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z.-]+)?[_+]/,
    why: (instead) =>
      `it has build metadata after “_” or “+”, which version tags do not support. Push each build as a version of its own, such as “${instead}”.`,
  },
  {
    reason: "date",
    pattern: /^v?(?:19|20)[0-9]{2}(?:[._-]?[0-9]{2}){2}$/,
    why: (instead) => `it is a date. Push it with three numbers without leading zeros, as “${instead}”.`,
  },
  {
    reason: "partial_version",
    pattern: /^v?[0-9]+(?:\.(?:[0-9]+|[xX])){0,1}(?:-.*)?$|^v?[0-9]+\.[0-9]+\.[xX]$/,
    why: (instead) => `a version needs all three numbers, major.minor.patch. Push it as “${instead}”.`,
  },
  {
    reason: "four_part_version",
    pattern: /^v?[0-9]+(?:\.[0-9]+){3,}(?:[._-].*)?$/,
    why: (instead) =>
      `it has more than three numbers. Use major.minor.patch: push it as “${instead}”. A number after “-” would make it a prerelease, which comes before the version.`,
  },
  {
    reason: "malformed_version",
    pattern: /^v?(?:0[0-9]+\.[0-9]+\.|[0-9]+\.0[0-9]+\.|[0-9]+\.[0-9]+\.0[0-9]+|[0-9]+\.[0-9]+\.[0-9]+-)/,
    why: (instead) =>
      `it is not valid semver: numbers must not start with a zero, and prerelease parts must not be empty. Push it as “${instead}”.`,
  },
  {
    reason: "prefixed_version",
    pattern: /^[A-Za-z][A-Za-z0-9._-]*?[0-9]+\.[0-9]+\.[0-9]+/,
    why: (instead) => `it has a prefix other than “v”. Push it as “${instead}”.`,
  },
];

/** The rule that excludes `text` as a version tag, with the sentence for the publisher. */
export function explainSkip(text: string, isValidTag: boolean): Explanation {
  const bounded = text.slice(0, 256);
  const instead = versionInsteadOf(bounded);
  const rule = RULES.find(({ pattern }) => pattern.test(bounded));
  const applies = isValidTag || rule?.reason === "digest_like" || rule?.reason === "build_metadata";
  if (rule !== undefined && applies) return { reason: rule.reason, why: rule.why(instead ?? EXAMPLE) };
  const version = NAMES_A_VERSION.test(bounded) ? instead : undefined;
  if (!isValidTag) {
    const advice = version === undefined ? "" : ` Push it as “${version}”.`;
    return { reason: "invalid_tag", why: INVALID + advice };
  }
  const why = `it is not a semantic version (semver.org). Push the image under a tag such as “${version ?? EXAMPLE}”.`;
  return { reason: "not_semver", why };
}

const INVALID =
  "a tag must have 1 to 128 letters, digits, “_”, “.” or “-”, and must not start with “.” or “-”.";

const EXAMPLE = "1.2.0";

/** Other tags can have numbers that are no version: `pr-17`, `ubuntu-22.04`, `3f2a91c`. */
const NAMES_A_VERSION =
  /[0-9]\.[0-9]+\.[0-9]|^v?0*[0-9]{1,4}(?:\.[0-9]+)?(?:[._+-]|rc|alpha|beta|$)|^(?:v|ver|version|rel|release)[._-]?[0-9]/i;

/** For a tag with a platform behind its version, such as `1.1.0-amd64`. */
export function explainPlatformSuffix(tag: string): Explanation {
  const version = versionInsteadOf(tag) ?? EXAMPLE;
  return {
    reason: "platform_suffix_tag",
    why: `it names a platform. Docker Desktop chooses the platform itself, so push one index as ${version}: docker buildx imagetools create --tag REPOSITORY:${version} REPOSITORY:${tag} REPOSITORY:… with the tag of each platform.`,
  };
}
