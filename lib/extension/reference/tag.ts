import type { Brand } from "@/lib/extension/reference/brand";
import { withoutPlatformSuffix } from "@/lib/extension/reference/platform-suffix";
import { parseSemver, type SemVersion } from "@/lib/extension/reference/semver";
import { explainPlatformSuffix, explainSkip, type SkipReason } from "@/lib/extension/reference/skip-reason";
import { quoted } from "@/lib/extension/text/quoted";

/** A tag by the OCI distribution-spec ("Pulling manifests"): `[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}`. */
export type Tag = Brand<string, "Tag">;

export type VersionTag = { kind: "version"; tag: Tag; version: SemVersion; prefixed: boolean };

/** A tag that is not a version; `message` tells the publisher why, and what to push instead. */
export type SkippedTag = { kind: "skipped"; tag: string; reason: SkipReason; message: string };

const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;

/** Parses a tag, or undefined. */
export function parseTag(text: string): Tag | undefined {
  return isTag(text) ? text : undefined;
}

/** Whether `text` is a tag. */
export function isTag(text: string): text is Tag {
  return TAG.test(text);
}

/**
 * Classifies a tag: a version if it is strict semver with at most one leading `v` and names no platform, otherwise skipped
 * with the reason. Never throws.
 */
export function classifyTag(text: string): VersionTag | SkippedTag {
  const prefixed = text.startsWith("v");
  const tag = parseTag(text);
  const version = tag === undefined ? undefined : parseSemver(prefixed ? text.slice(1) : text);
  const rest =
    tag === undefined || version?.prerelease.length === 0 ? undefined : withoutPlatformSuffix(text);
  if (tag !== undefined && version !== undefined && rest === undefined)
    return { kind: "version", tag, version, prefixed };
  const { reason, why } =
    rest === undefined ? explainSkip(text, tag !== undefined) : explainPlatformSuffix(text);
  return { kind: "skipped", tag: text, reason, message: `The tag ${quoted(text)} was skipped: ${why}` };
}
