/** Documents about one extension: the summary for lists, and the full document. */

import type {
  EntryDocument,
  ExtensionDocument,
  ExtensionSummary,
  ScreenshotDocument,
} from "@/lib/catalog/documents/documents";
import type { EvaluationContext } from "@/lib/catalog/documents/evaluation-context";
import type { KnownVersion } from "@/lib/catalog/documents/known-version";
import { versionSummary } from "@/lib/catalog/documents/version-document";
import { type PublisherText, renderedText } from "@/lib/catalog/rendered-text";
import type { ExtensionLabels } from "@/lib/extension/labels/labels";
import { refusalText } from "@/lib/extension/reachability/availability";
import { familiarName, parseRepository } from "@/lib/extension/reference/repository";
import type { ExtensionRecord } from "@/lib/marketplace/public-records";
import type { EntryState } from "@/lib/marketplace/rows/entry-facts";
import { mediaPath } from "@/lib/safe-html/stored-pictures";

export type ExtensionFacts = {
  /** The familiar name. */
  repository: string;
  record: ExtensionRecord;
  /** The entry's state at the snapshot's time. */
  state: EntryState;
  /** The version that represents the extension; undefined when none can be shown. */
  speaker: KnownVersion | undefined;
  latest: KnownVersion | undefined;
  latestPrerelease: KnownVersion | undefined;
  /** Newest first. */
  offerable: readonly KnownVersion[];
};

export function extensionSummary(facts: ExtensionFacts, by: EvaluationContext): ExtensionSummary {
  const { record, repository, speaker, latest, latestPrerelease } = facts;
  const labels = speaker?.report.labels;
  return {
    repository,
    title: labels?.title ?? null,
    description: labels?.description ?? null,
    vendor: labels?.vendor ?? null,
    publisher: { name: namespaceOf(repository), verified: false },
    categories: labels?.categories ?? [],
    icon: iconPath(speaker),
    latest: latest ? versionSummary(latest, by) : null,
    latestPrerelease: latestPrerelease ? versionSummary(latestPrerelease, by) : null,
    deprecated: record.deprecated,
    movedTo: record.movedTo === null ? null : familiarName(parseRepository(record.movedTo)),
  };
}

/** The text that `extensionDocument` renders. */
export function descriptionOf({ speaker }: ExtensionFacts): PublisherText {
  return { source: speaker?.report.labels.detailedDescription ?? null, media: speaker?.report.media };
}

export function extensionDocument(facts: ExtensionFacts, by: EvaluationContext): ExtensionDocument {
  const { labels } = facts.speaker?.report ?? {};
  return {
    ...extensionSummary(facts, by),
    unavailable: unavailableDocument(facts.record),
    get detailedDescription() {
      return renderedText(descriptionOf(facts));
    },
    screenshots: screenshotsOf(facts.speaker),
    links: labels ? linksOf(labels) : [],
    licenses: labels?.licenses ?? null,
    versions: facts.offerable.map((version) => versionSummary(version, by)),
    entry: entryDocument(facts),
  };
}

function unavailableDocument({ unavailable }: ExtensionRecord): ExtensionDocument["unavailable"] {
  return unavailable === null ? null : { ...unavailable, message: refusalText(unavailable.reason) };
}

/** The publisher: the namespace that the registry assigns. */
export function namespaceOf(repository: string): string {
  return repository.slice(0, repository.lastIndexOf("/"));
}

/** The icon named by the label, or else the sidebar icon inside the image. */
function iconPath(speaker: KnownVersion | undefined): string | null {
  const named = speaker?.report.media.icon;
  const icon = named?.outcome === "stored" ? named.picture : speaker?.report.icon;
  return icon ? mediaPath(icon.sha256) : null;
}

/** Only stored screenshots: clients never load anything from publishers. */
function screenshotsOf(speaker: KnownVersion | undefined): ScreenshotDocument[] {
  const screenshots = speaker?.report.media.screenshots ?? [];
  return screenshots.flatMap((shot) => {
    if (shot.outcome !== "stored") return [];
    const { sha256, width, height } = shot.picture;
    return [{ url: mediaPath(sha256), alt: shot.alt, width, height }];
  });
}

function linksOf(labels: ExtensionLabels): ExtensionDocument["links"] {
  const { publisherUrl, source, additionalUrls } = labels;
  return [
    ...(publisherUrl === null ? [] : [{ rel: "publisher", title: "Publisher", url: publisherUrl } as const]),
    ...(source === null ? [] : [{ rel: "source", title: "Source code", url: source } as const]),
    ...additionalUrls.map(({ title, url }) => ({ rel: "other", title, url }) as const),
  ];
}

function entryDocument({ record: { entry }, state }: ExtensionFacts): EntryDocument {
  return {
    track: entry.track,
    range: entry.range,
    pin:
      entry.pinTag !== null && entry.pinDigest !== null
        ? { tag: entry.pinTag, digest: entry.pinDigest }
        : null,
    state,
    since: entry.since.toISOString(),
    expiresAt: entry.expiresAt?.toISOString() ?? null,
  };
}
