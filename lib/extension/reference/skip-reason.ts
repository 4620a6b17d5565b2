/** Why a tag is not a version. The meaning of a code never changes; the text can. */
export type SkipReason =
  | "invalid_tag"
  | "attachment"
  | "digest_like"
  | "moving_name"
  | "platform_prefix_tag"
  | "capital_v"
  | "build_metadata"
  | "date"
  | "partial_version"
  | "four_part_version"
  | "malformed_version"
  | "prefixed_version"
  | "not_semver";

type Rule = { reason: SkipReason; pattern: RegExp; why: string };

/** Rules in order; the first match explains the tag. All patterns are anchored and linear in its length. */
const RULES: readonly Rule[] = [
  {
    // Cosign's tags, and the fallback tag for referrers (distribution-spec 1.1, "Referrers Tag Schema").
    reason: "attachment",
    pattern: /^sha(?:256-[0-9a-f]{64}|512-[0-9a-f]{128})(?:\.(?:sig|att|sbom))?$/,
    why: "it holds signatures or attestations of an image, not a version. No action needed.",
  },
  {
    reason: "digest_like",
    pattern: /^(?:sha(?:256|512)[:-][0-9a-f]{8,}|sha-[0-9a-f]+$|[0-9a-f]{40}$|[0-9a-f]{64}$)/,
    why: "it names a digest or a commit, not a version. Also push the image under a version such as “1.2.0”.",
  },
  {
    reason: "moving_name",
    pattern:
      /^(?:latest|main|master|trunk|head|edge|nightly|canary|next|current|stable|release|snapshot|dev|devel|develop|development|test|testing|staging|prod|production|preview|alpha|beta|rc|local)$/i,
    why: "it is a floating tag that moves with every build. Push a tag such as “1.2.0” for each version.",
  },
  {
    reason: "platform_prefix_tag",
    pattern:
      /^(?:mac|macos|osx|darwin|win|windows|win32|win64|linux|amd64|arm64|aarch64|x86_64|x64|arm)[._-]?v?[0-9]/i,
    why: "it starts with a platform. Put all platforms into one image: build with --platform=linux/amd64,linux/arm64 and push it once, for example as “1.2.0”.",
  },
  {
    reason: "capital_v",
    pattern: /^V[0-9]/,
    why: "the prefix “V” is a capital letter. Push it as “1.2.0” or “v1.2.0”.",
  },
  {
    reason: "build_metadata",
    pattern: /^v?[0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z.-]+)?[_+]/,
    why: "it has build metadata after “_” or “+”, which version tags do not support. Push it without the metadata, or as a prerelease such as “1.2.0-build.5”.",
  },
  {
    reason: "date",
    pattern: /^v?(?:19|20)[0-9]{2}(?:[._-]?[0-9]{2}){2}$/,
    why: "it is a date. Use three numbers without leading zeros, such as “2026.1.5”.",
  },
  {
    reason: "partial_version",
    pattern: /^v?[0-9]+(?:\.(?:[0-9]+|[xX])){0,1}(?:-.*)?$|^v?[0-9]+\.[0-9]+\.[xX]$/,
    why: "a version needs all three numbers: major.minor.patch, such as “1.2.0”.",
  },
  {
    reason: "four_part_version",
    pattern: /^v?[0-9]+(?:\.[0-9]+){3,}(?:[._-].*)?$/,
    why: "it has more than three numbers. Use major.minor.patch, such as “1.2.3” or “1.2.3-4”.",
  },
  {
    reason: "malformed_version",
    pattern: /^v?(?:0[0-9]+\.[0-9]+\.|[0-9]+\.0[0-9]+\.|[0-9]+\.[0-9]+\.0[0-9]+|[0-9]+\.[0-9]+\.[0-9]+-)/,
    why: "it is not valid semver: numbers must not start with a zero, and prerelease parts must not be empty. Push it as “1.2.0” or “1.2.0-rc.1”.",
  },
  {
    reason: "prefixed_version",
    pattern: /^[A-Za-z][A-Za-z0-9._-]*?[0-9]+\.[0-9]+\.[0-9]+/,
    why: "it has a prefix other than “v”. Push it as “1.2.0” or “v1.2.0”.",
  },
];

/** The rule that excludes `text` as a version tag, with the sentence for the publisher. */
export function explainSkip(text: string, isValidTag: boolean): { reason: SkipReason; why: string } {
  const bounded = text.slice(0, 256);
  const rule = RULES.find(({ pattern }) => pattern.test(bounded));
  if (rule !== undefined && (isValidTag || rule.reason === "digest_like" || rule.reason === "build_metadata"))
    return rule;
  if (!isValidTag) {
    return {
      reason: "invalid_tag",
      why: "a tag must have 1 to 128 letters, digits, “_”, “.” or “-”, and must not start with “.” or “-”.",
    };
  }
  return {
    reason: "not_semver",
    why: "it is not a semantic version (semver.org). Push the image under a tag such as “1.2.0”.",
  };
}
