import type {
  ExtensionDocument,
  ExtensionSummary,
  OfferDocument,
  VersionDocument,
} from "@/lib/catalog/documents";
import { type ExtensionFacts, extensionDocument, extensionSummary } from "@/lib/catalog/extension-document";
import { type HostOffer, hostOffers, type NamedHost } from "@/lib/catalog/host-offers";
import { type InstalledIndex, installedIndex } from "@/lib/catalog/installed-index";
import { type KnownVersion, knownVersions } from "@/lib/catalog/known-version";
import { lazy } from "@/lib/catalog/lazy";
import { type ListingCard, listingCard } from "@/lib/catalog/listing/listing-card";
import type { Numbering } from "@/lib/catalog/listing/listing-values";
import { OfferedHosts } from "@/lib/catalog/listing/offered-hosts";
import { type StoredDocument, storedJson } from "@/lib/catalog/stored-document";
import { entryReason, type JudgedBy, versionDocument, whyNotOffered } from "@/lib/catalog/version-document";
import { fitsOf, type VersionFit } from "@/lib/catalog/version-fit";
import type { Host } from "@/lib/extension/desktop-release";
import { latestOf, type OfferAnswer, offerFor } from "@/lib/extension/offer";
import { prepareVersions } from "@/lib/extension/offerable-version";
import { familiarName, parseRepository } from "@/lib/extension/repository";
import { type AllowListItem, allowListItem } from "@/lib/marketplace/allow-list-item";
import type { EntryState } from "@/lib/marketplace/entry-facts";
import { entryStateAt } from "@/lib/marketplace/entry-facts";
import { offerableVersions } from "@/lib/marketplace/offerable";
import type { ExtensionRecord } from "@/lib/marketplace/public-records";

/** A document as a value and as bytes, both made when first asked for. */
export type Document<Value> = { value(): Value; stored(): StoredDocument };

/**
 * Everything the public sees of one extension, made out of its record. It goes from snapshot to snapshot unchanged
 * until its record, the state of its entry or what it is judged by changes, and so do its bytes and ETags.
 */
export type ExtensionView = {
  record: ExtensionRecord;
  by: JudgedBy;
  /** The familiar name. */
  repository: string;
  /** Of the entry, at the snapshot's time. */
  state: EntryState;
  /** In force with something to install: then it stands in lists. */
  listed: boolean;
  summary(): ExtensionSummary;
  /** What lists filter, sort and search by. */
  card(): ListingCard;
  document: Document<ExtensionDocument>;
  /** Undefined for tags that the public may not see. */
  version(tag: string): Document<VersionDocument> | undefined;
  offer(host: Host): OfferDocument;
  /** Whether this host is offered any version. */
  isOffered(host: NamedHost): boolean;
  /** The same for the update check: bare, and remembered for the hosts that asked last. */
  hostOffer(host: NamedHost): HostOffer;
  /** What is known of a version that somebody has installed. */
  installed: InstalledIndex;
  /** The familiar name of the repository that takes its place. */
  movedTo: string | null;
  /** Of every version that may be installed, newest first: whether it runs on this host. */
  fits(host: Host): VersionFit[];
  /** Null while the entry is not in force. */
  allowListItem(): AllowListItem | null;
};

export function createView(
  record: ExtensionRecord,
  by: JudgedBy,
  now: Date,
  numbering: Numbering,
): ExtensionView {
  const repository = familiarName(parseRepository(record.repository));
  const state = entryStateAt(record.entry, now);
  const offerable = offerableVersions(record.entry, record.versions, now);
  const prepared = lazy(() => prepareVersions(offerable));
  const known = lazy(() => knownVersions(record));
  const facts = lazy((): ExtensionFacts => {
    const { latest, latestPrerelease } = latestOf(prepared(), by.releases, by.policy);
    const find = (ref: { tag: string } | null) => known().find((one) => one.record.tag === ref?.tag);
    const shown = { latest: find(latest), latestPrerelease: find(latestPrerelease) };
    const admitted = new Set(offerable.map(({ tag }) => tag));
    return {
      repository,
      record,
      state,
      ...shown,
      speaker: shown.latest ?? shown.latestPrerelease ?? spokesman(known()),
      offerable: known().filter((one) => admitted.has(one.record.tag)),
    };
  });
  const installed = lazy(() => installedIndex(record, known()));
  const summary = lazy(() => extensionSummary(facts(), by));
  const answerFor = (host: Host) => offerFor(prepared(), host, by.releases, by.policy);
  const offeredHosts = new OfferedHosts((host) => state === "active" && answerFor(host).offer !== null);
  return {
    record,
    by,
    repository,
    state,
    listed: offerable.length > 0,
    summary,
    card: lazy(() => listingCard(listingFacts(facts(), summary()), numbering)),
    document: documentOf(() => extensionDocument(facts(), by)),
    version: versionsOf(facts, known, by),
    offer: (host) => offerDocument(repository, state, answerFor(host)),
    isOffered: (host) => offeredHosts.has(host),
    hostOffer: hostOffers(answerFor),
    installed: (tag, digest) => installed()(tag, digest),
    movedTo: record.movedTo === null ? null : familiarName(parseRepository(record.movedTo)),
    fits: (host) => fitsOf(prepared(), host, by.releases, by.policy),
    allowListItem: lazy(() => {
      const entry = { ...record.entry, state, repository: record.repository };
      return allowListItem(entry, offerable, by.releases, by.policy);
    }),
  };
}

function listingFacts({ speaker, offerable, record }: ExtensionFacts, summary: ExtensionSummary) {
  return {
    summary,
    capabilities: speaker?.report.capabilities,
    listedAt: offerable.map((version) => version.record.listedAt),
    since: record.entry.since,
  };
}

/** Texts of a blocked version are shown to nobody in the extension's name. */
function spokesman(known: readonly KnownVersion[]): KnownVersion | undefined {
  return (
    known.find(({ record }) => record.visibility === "listed") ??
    known.find(({ record }) => record.visibility === "yanked")
  );
}

function versionsOf(
  facts: () => ExtensionFacts,
  known: () => readonly KnownVersion[],
  by: JudgedBy,
): ExtensionView["version"] {
  const documents = lazy(
    () =>
      new Map(
        known().map((one) => {
          const { repository, state, offerable } = facts();
          const reason = whyNotOffered(one, state, offerable.includes(one));
          return [one.record.tag, documentOf(() => versionDocument(repository, one, reason, by))];
        }),
      ),
  );
  return (tag) => documents().get(tag);
}

/** An entry that is not in force is the reason before every other. */
function offerDocument(repository: string, state: EntryState, answer: OfferAnswer): OfferDocument {
  if (state !== "active") return { offer: null, newest: null, reason: reasonDocument(entryReason(state)) };
  const { offer, newest } = answer;
  const reason = reasonDocument(answer.reason);
  if (offer === null) return { offer, newest, reason };
  const { tag, version, digest, confidence, warnings } = offer;
  const reference = `${repository}@${digest}`;
  return { offer: { tag, version, digest, reference, confidence, warnings }, newest, reason };
}

function reasonDocument(
  reason: OfferAnswer["reason"] | { code: string; message: string },
): OfferDocument["reason"] {
  return {
    code: reason.code,
    message: reason.message,
    minimumDesktop: "minimumDesktop" in reason ? reason.minimumDesktop : null,
    maximumDesktop: "maximumDesktop" in reason ? reason.maximumDesktop : null,
  };
}

function documentOf<Value>(make: () => Value): Document<Value> {
  const value = lazy(make);
  return { value, stored: lazy(() => storedJson(value())) };
}
