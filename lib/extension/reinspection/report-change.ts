import { type CapabilityChange, compareCapabilities } from "@/lib/extension/capabilities/named-capabilities";
import type { Finding } from "@/lib/extension/findings/finding";
import { findingRule } from "@/lib/extension/findings/finding-codes";
import { isExpected, platformName } from "@/lib/extension/reference/platform";
import { findingKey, imageFacts, isOutside } from "@/lib/extension/reinspection/image-facts";
import type { InspectionReport, PlatformReport } from "@/lib/extension/report/inspection-report";

/** The differences between two reports about one digest, by an older and a newer inspector. */
export type ReportChange = {
  /** True when the image is no longer recognized as an extension. */
  lostState: boolean;
  capabilities: CapabilityChange[];
  /** Platform names. A platform whose manifest changed is in both lists; `removed` has those that Docker Desktop runs. */
  platforms: { added: string[]; removed: string[] };
  findings: { added: Finding[]; removed: Finding[] };
};

/** Compares two reports by facts; changed wording does not count. Undefined when they are equal. */
export function reportChange(before: InspectionReport, after: InspectionReport): ReportChange | undefined {
  if (imageFacts(before) === imageFacts(after)) return undefined;
  return {
    lostState: before.state === "inspected" && after.state !== "inspected",
    capabilities: compareCapabilities(before.capabilities, after.capabilities),
    platforms: {
      added: onlyIn(after.platforms, before.platforms),
      removed: onlyIn(before.platforms.filter(runsOnDesktop), after.platforms),
    },
    findings: {
      added: newFindings(before.findings, after.findings),
      removed: newFindings(after.findings, before.findings),
    },
  };
}

/**
 * Why a listed version needs another review, as parts of a sentence; empty when it does not. Only capabilities,
 * platforms and findings that require a review count. A part that was `unknown` and is now understood does not.
 */
export function reasonsToHold({ lostState, capabilities, platforms, findings }: ReportChange): string[] {
  const added = capabilities.filter(({ change }) => change === "added");
  const removed = capabilities.filter(({ change, kind }) => change === "removed" && kind !== "unknown");
  const forPeople = findings.added.filter(({ code }) => findingRule(code).needsPerson === true);
  const titles = [...new Set(forPeople.map(({ code }) => findingRule(code).title))];
  return [
    ...(lostState ? ["it is no longer recognized as an extension"] : []),
    ...listed("it has", added),
    ...listed("it no longer has", removed),
    ...(platforms.added.length === 0 ? [] : [`additional platforms: ${platforms.added.join(", ")}`]),
    ...(platforms.removed.length === 0 ? [] : [`missing platforms: ${platforms.removed.join(", ")}`]),
    ...(titles.length === 0 ? [] : [`new findings that need manual review: ${titles.join(", ")}`]),
  ];
}

function listed(verb: string, changes: readonly CapabilityChange[]): string[] {
  return changes.length === 0 ? [] : [`${verb} ${changes.map(({ words }) => words).join(", ")}`];
}

function onlyIn(platforms: readonly PlatformReport[], others: readonly PlatformReport[]): string[] {
  const key = (platform: PlatformReport) => `${platformTitle(platform)} ${platform.digest}`;
  const known = new Set(others.map(key));
  return platforms.filter((platform) => !known.has(key(platform))).map(platformTitle);
}

/** Older inspectors also reported the platforms that no Docker Desktop chooses. */
function runsOnDesktop({ os, architecture }: PlatformReport): boolean {
  return isExpected({ os, architecture });
}

function platformTitle({ os, architecture, variant }: PlatformReport): string {
  return platformName({ os, architecture, variant: variant ?? undefined });
}

function newFindings(before: readonly Finding[], after: readonly Finding[]): Finding[] {
  const known = new Set(before.map(findingKey));
  return after.filter((finding) => !isOutside(finding) && !known.has(findingKey(finding)));
}
