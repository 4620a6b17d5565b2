/** The update check: what a client should do with each installed extension. Reads only memory. */

import { type HostOffer, type NamedHost, namedHost } from "@/lib/catalog/documents/host-offers";
import type { UpdateClient, UpdateItem, UpdateTarget } from "@/lib/catalog/documents/update-documents";
import { entryReason } from "@/lib/catalog/documents/version-document";
import { isKnownHost } from "@/lib/catalog/known-host";
import { echoOf, type InstalledItem, readInstalledItem } from "@/lib/catalog/queries/installed-item";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";
import { type AskerAnswers, passingAnswers } from "@/lib/catalog/snapshot/update-answers";
import type { ExtensionView } from "@/lib/catalog/views/extension-view";
import { followRelocations } from "@/lib/extension/offer/relocations";
import { afterWithdrawal, decideUpdate, type UpdateDecision } from "@/lib/extension/offer/update-check";
import type { Withdrawal } from "@/lib/extension/offer/update-reason";
import { familiarName, parseRepository } from "@/lib/extension/reference/repository";
import { type Channel, channelOf } from "@/lib/extension/reference/semver";
import { hasCode } from "@/lib/platform/errors";

/**
 * The response to a whole request as JSON text, with one result per item in the same order. A malformed item gets a
 * result that says so. Results for the same version and host are cached.
 */
export function updatesJson(snapshot: Snapshot, client: UpdateClient, installed: readonly unknown[]): string {
  const asker: Asker = { client, isKnown: isKnownHost(snapshot.evaluation.releases, client) };
  const known = asker.isKnown ? snapshot.updateAnswers.of(nameOf(client)) : passingAnswers();
  const items = installed.map((item) => itemJson(snapshot, asker, known, item));
  return `{"items":[${items.join(",")}],"total":${items.length},"next":null}`;
}

type Asker = { client: UpdateClient; isKnown: boolean };

function itemJson(snapshot: Snapshot, asker: Asker, known: AskerAnswers, item: unknown): string {
  const read = readInstalledItem(item);
  if ("code" in read) {
    const answer = plainAnswer("unknown", read.code, read.message);
    return JSON.stringify({ ...echoOf(item), ...answer });
  }
  const { repository, tag, digest } = read;
  const before = known.get(repository, tag, digest);
  if (before !== undefined) return before;
  const made = JSON.stringify({ repository, tag, ...answerTo(snapshot, asker, read) });
  known.set(repository, tag, digest, made);
  return made;
}

type Answer = Omit<UpdateItem, "repository" | "tag">;
/** Cache key: equal for clients that get the same results. */
function nameOf({ desktop, api, arch, os, channel }: UpdateClient): string {
  return `${desktop}/${api}/${arch}/${os}/${channel}`;
}

function hostOf({ client: { desktop, api, arch, os }, isKnown }: Asker, channel: Channel): NamedHost {
  const host = {
    architecture: arch,
    channel,
    ...(desktop === undefined ? {} : { desktop }),
    ...(api === undefined ? {} : { api }),
    ...(os === undefined ? {} : { os }),
  };
  return namedHost(host, isKnown);
}

function answerTo(snapshot: Snapshot, asker: Asker, read: InstalledItem): Answer {
  const name = familiarOf(snapshot, read.repository);
  if (name === undefined)
    return plainAnswer("unknown", "malformed_repository", "This is not an image repository name.");
  const view = snapshot.find(name);
  if (view === undefined) return answerWithoutView(snapshot, name, read.digest);
  return { ...answerAbout(snapshot, asker, view, read), deprecated: view.record.deprecated };
}

/** A blocked image is blocked in every repository. */
function answerWithoutView(snapshot: Snapshot, name: string, digest: string | undefined): Answer {
  const withdrawal = blockOf(snapshot, digest);
  if (withdrawal === undefined)
    return plainAnswer("not_listed", "never_listed", `${name} was never listed here.`);
  const { action, reason } = afterWithdrawal(withdrawal, false);
  return plainAnswer(action, reason.code, reason.message);
}

function blockOf(snapshot: Snapshot, digest: string | undefined): Withdrawal | undefined {
  const block = digest === undefined ? undefined : snapshot.blockedDigests(digest);
  return block && { kind: "blocked", level: block.level, message: block.reason };
}

/** Skips parsing for names that are already canonical. */
function familiarOf(snapshot: Snapshot, text: string): string | undefined {
  if (snapshot.find(text) !== undefined) return text;
  try {
    return familiarName(parseRepository(text));
  } catch (error) {
    if (hasCode(error, "repository_invalid")) return undefined;
    throw error;
  }
}

function answerAbout(
  snapshot: Snapshot,
  asker: Asker,
  view: ExtensionView,
  { tag, digest }: InstalledItem,
): Answer {
  const installed = view.installed(tag, digest);
  const { version } = installed;
  const withdrawal =
    installed.withdrawal?.kind === "blocked"
      ? installed.withdrawal
      : (blockOf(snapshot, digest) ?? installed.withdrawal);
  const channel = asker.client.channel ?? (version === undefined ? "stable" : channelOf(version));
  const moved = destinationOf(snapshot, view);
  const from = moved ?? view;
  const offer = from.hostOffer(hostOf(asker, channel));
  const movedTo = moved?.repository ?? null;
  if (withdrawal?.kind === "blocked" || (withdrawal && moved))
    return answer(afterWithdrawal(withdrawal, offer.offer !== null), from, offer, movedTo);
  if (moved) return movedAnswer(moved, offer);
  if (view.state !== "active") {
    const { code, message } = entryReason(view.state);
    return plainAnswer("not_listed", code, message);
  }
  const pinned = view.record.entry.track === "pin";
  return answer(
    decideUpdate(installed, { version: offer.version, reason: offer.reason, pinned }),
    view,
    offer,
    null,
  );
}

/** Undefined unless it moved to an active extension within the limit of hops. */
function destinationOf(snapshot: Snapshot, view: ExtensionView): ExtensionView | undefined {
  if (view.movedTo === null) return undefined;
  const journey = followRelocations(view.repository, (repository) => snapshot.find(repository)?.movedTo);
  const there = journey.kind === "arrives" ? snapshot.find(journey.repository) : undefined;
  return there?.state === "active" ? there : undefined;
}

function movedAnswer(there: ExtensionView, offer: HostOffer): Answer {
  const message = `The extension has moved to ${there.repository}.`;
  const why = offer.offer === null ? `${message} ${offer.reason.message}` : message;
  const decision = { action: "moved", target: true, reason: { code: "moved", message: why } } as const;
  return answer(decision, there, offer, there.repository);
}

function answer(
  { action, target, reason }: UpdateDecision,
  from: ExtensionView,
  offer: HostOffer,
  movedTo: string | null,
): Answer {
  return {
    action,
    target: target ? targetOf(from, offer.offer) : null,
    reason: { code: reason.code, message: reason.message, minimumDesktop: reason.minimumDesktop ?? null },
    deprecated: null,
    movedTo,
  };
}

function targetOf({ repository }: ExtensionView, offer: HostOffer["offer"]): UpdateTarget | null {
  if (offer === null) return null;
  const { tag, version, digest, confidence, warnings } = offer;
  return { repository, tag, version, digest, reference: `${repository}@${digest}`, confidence, warnings };
}

function plainAnswer(action: UpdateItem["action"], code: string, message: string): Answer {
  return {
    action,
    target: null,
    reason: { code, message, minimumDesktop: null },
    deprecated: null,
    movedTo: null,
  };
}
