import type {
  ExtensionDocument,
  ExtensionSummary,
  OfferDocument,
  VersionDocument,
} from "@/lib/catalog/documents/documents";
import type { EvaluationContext } from "@/lib/catalog/documents/evaluation-context";
import { descriptionOf, extensionDocument } from "@/lib/catalog/documents/extension-document";
import { type HostOffer, hostOffers, type NamedHost } from "@/lib/catalog/documents/host-offers";
import {
  changelogOf,
  entryReason,
  versionDocument,
  whyNotOffered,
} from "@/lib/catalog/documents/version-document";
import { lazy } from "@/lib/catalog/encoding/lazy";
import { type StoredDocument, storedJson } from "@/lib/catalog/encoding/stored-document";
import type { ListingCard } from "@/lib/catalog/listing/listing-card";
import { OfferedHosts } from "@/lib/catalog/listing/offered-hosts";
import { type PublisherText, renderAhead } from "@/lib/catalog/rendered-text";
import type { BlockedVersion } from "@/lib/catalog/views/blocklist";
import { compactExtension, type PortableFacts } from "@/lib/catalog/views/compact-extension";
import { type ExpandedExtension, expandExtension } from "@/lib/catalog/views/expanded-extension";
import { type InstalledIndex, installedIndex } from "@/lib/catalog/views/installed-index";
import type { SharedEncodings } from "@/lib/catalog/views/shared-encodings";
import { fitsOf, type VersionFit } from "@/lib/catalog/views/version-fit";
import type { Host } from "@/lib/extension/desktop/desktop-release";
import { type OfferAnswer, offerFor } from "@/lib/extension/offer/offer";
import { familiarName, parseRepository } from "@/lib/extension/reference/repository";
import type { ExtensionRecord } from "@/lib/marketplace/public-records";
import type { AllowListItem } from "@/lib/marketplace/publishing/allow-list-item";
import { type EntryState, entryStateAt, trackOf } from "@/lib/marketplace/rows/entry-facts";

/**
 * A document as a value, built on each call, and as bytes, built once and cached. `ready` renders its text in advance,
 * in a worker thread if it is long; undefined when the bytes are cached.
 */
export type Document<Value> = {
  value(): Value;
  stored(): StoredDocument;
  ready(): Promise<void> | undefined;
};

/**
 * The public view of one extension, built from its record. Snapshots share it until its record, its entry's state or
 * the evaluation context changes, and with it its bytes and ETags.
 */
export type ExtensionView = {
  record: ExtensionRecord;
  by: EvaluationContext;
  /** The familiar name. */
  repository: string;
  /** State of the entry at the snapshot's time. */
  state: EntryState;
  /** Active, with at least one installable version: then it appears in lists. */
  readonly listed: boolean;
  summary(): ExtensionSummary;
  /** What lists filter, sort and search by. */
  card(): ListingCard;
  document: Document<ExtensionDocument>;
  /** Undefined for tags that are not public. */
  version(tag: string): Document<VersionDocument> | undefined;
  offer(host: Host): OfferDocument;
  /** Whether this host is offered any version. */
  isOffered(host: NamedHost): boolean;
  /** The offer for the update check, cached for known hosts. */
  hostOffer(host: NamedHost): HostOffer;
  /** Facts about an installed version. */
  installed: InstalledIndex;
  /** The familiar name of the repository that replaces this one. */
  movedTo: string | null;
  /** Whether each installable version runs on this host, newest first. */
  fits(host: Host): VersionFit[];
  /** Null while the entry is not active. */
  allowListItem(): AllowListItem | null;
  blocked(): readonly BlockedVersion[];
  portable(): PortableFacts;
};

/** Throws for an invalid record. Details are decompressed on first use. */
export function createView(
  record: ExtensionRecord,
  by: EvaluationContext,
  now: Date,
  encodings: SharedEncodings,
): ExtensionView {
  trackOf(record.entry);
  const repository = familiarName(parseRepository(record.repository));
  const state = entryStateAt(record.entry, now);
  const open = () => expandExtension({ record, repository, state, by, now });
  const compact = lazy(() => compactExtension(open(), by, encodings));
  const answerFor = (host: Host) => offerFor(compact().prepared, host, by.releases, by.policy);
  const offeredHosts = new OfferedHosts((host) => state === "active" && answerFor(host).offer !== null);
  const documents = new ViewDocuments(encodings);
  const installed = lazy(() => {
    const { record: opened, known } = open();
    return installedIndex(opened, known);
  });
  return {
    record,
    by,
    repository,
    state,
    get listed() {
      return compact().prepared.newestFirst.length > 0;
    },
    summary: () => compact().summary,
    card: () => compact().card,
    document: documents.document(
      "",
      () => extensionDocument(open().facts, by),
      () => descriptionOf(open().facts),
    ),
    version: (tag) => versionDocumentOf(open(), tag, documents, by),
    offer: (host) => offerDocument(repository, state, answerFor(host)),
    isOffered: (host) => offeredHosts.has(host),
    hostOffer: hostOffers(answerFor),
    installed: (tag, digest) => installed()(tag, digest),
    movedTo: record.movedTo === null ? null : familiarName(parseRepository(record.movedTo)),
    fits: (host) => fitsOf(compact().prepared, host, by.releases, by.policy),
    allowListItem: () => compact().allowListItem,
    blocked: () => compact().blocked,
    portable: () => compact().portable,
  };
}

class ViewDocuments {
  private readonly name: string;

  constructor(private readonly encodings: SharedEncodings) {
    this.name = encodings.nextName();
  }

  document<Value>(tag: string, value: () => Value, text: () => PublisherText): Document<Value> {
    const { documents } = this.encodings;
    const key = `${this.name} ${tag}`;
    return {
      value,
      stored: () => {
        const known = documents.get(key);
        if (known !== undefined) return known;
        const made = storedJson(value());
        documents.set(key, made);
        return made;
      },
      ready: () => (documents.get(key) === undefined ? renderAhead(text()) : undefined),
    };
  }
}

function versionDocumentOf(
  { known, facts, record }: ExpandedExtension,
  tag: string,
  documents: ViewDocuments,
  by: EvaluationContext,
): Document<VersionDocument> | undefined {
  const found = known.find((one) => one.record.tag === tag);
  if (found === undefined) return undefined;
  const { repository, state, offerable } = facts;
  const reason = whyNotOffered(found, state, offerable.includes(found));
  const aliases = known.filter((one) => one !== found && one.record.digest === found.record.digest);
  const parts = {
    repository,
    known: found,
    reason,
    tagList: record.tagList,
    aliases: aliases.map((one) => one.record.tag),
  };
  return documents.document(
    tag,
    () => versionDocument(parts, by),
    () => changelogOf(found.report),
  );
}

/** An inactive entry takes precedence over every other reason. */
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
