/**
 * A version that can leave numbers open: `1`, `1.2`, `1.x`, `*`, `1.2.3-rc.1`. Numbers are absent from the first open
 * one on.
 */
export type PartialVersion = {
  major?: bigint | undefined;
  minor?: bigint | undefined;
  patch?: bigint | undefined;
  prerelease: string[];
  /** Whether it has an explicit wildcard (`x`, `X` or `*`), and is not only short. */
  wildcard: boolean;
  /** As written, without `v` and build metadata. */
  text: string;
};

const DIGITS = /^[0-9]+$/;
const WILDCARD = /^[xX*]$/;
const IDENTIFIER = /^[0-9A-Za-z-]+$/;
const PADDED_NUMBER = /^0[0-9]+$/;

/** Parses a partial version, dropping one leading `v` and build metadata, or undefined. */
export function parsePartialVersion(word: string): PartialVersion | undefined {
  const [versionPart, build] = cut(word.startsWith("v") ? word.slice(1) : word, "+");
  const [core, dashed] = cut(versionPart, "-");
  const numbers = core.split(".");
  const prerelease = dashed?.split(".") ?? [];
  if (numbers.length > 3 || !numbers.every(isNumber) || !prerelease.every(isPrereleaseIdentifier))
    return undefined;
  if (build !== undefined && !build.split(".").every((identifier) => IDENTIFIER.test(identifier)))
    return undefined;
  const open = numbers.findIndex((number) => WILDCARD.test(number));
  const [major, minor, patch] = numbers.slice(0, open === -1 ? 3 : open).map(BigInt);
  return { major, minor, patch, prerelease, wildcard: open !== -1, text: versionPart };
}

function cut(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function isNumber(text: string): boolean {
  return DIGITS.test(text) || WILDCARD.test(text);
}

function isPrereleaseIdentifier(text: string): boolean {
  return IDENTIFIER.test(text) && !PADDED_NUMBER.test(text);
}
