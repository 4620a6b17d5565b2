import type { Host } from "@/lib/extension/desktop/desktop-release";
import type { OfferAnswer } from "@/lib/extension/offer/offer";
import { parseSemver, type SemVersion } from "@/lib/extension/reference/semver";

/** What a host is offered, with the version ready to be compared. */
export type HostOffer = OfferAnswer & { version: SemVersion | undefined };

/** A host together with a text that is equal for hosts that get the same answers. Make it once per request. */
export type NamedHost = { host: Host; name: string; isKnown: boolean };

/** Fleets have a few dozen different hosts; the bound is against clients that make up others. */
const HOSTS_MAX = 32;

/** `isKnown`: whether answers for it may be kept (`isKnownHost`). */
export function namedHost(host: Host, isKnown: boolean): NamedHost {
  const { desktop, api, architecture, os, channel = "stable" } = host;
  return { host, name: [desktop, api, architecture, os, channel].join("/"), isKnown };
}

/** Remembers the answers for the known hosts that asked last. */
export function hostOffers(offerFor: (host: Host) => OfferAnswer): (named: NamedHost) => HostOffer {
  const known = new Map<string, HostOffer>();
  return ({ host, name, isKnown }) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const answer = offerFor(host);
    const version = answer.offer === null ? undefined : parseSemver(answer.offer.version);
    const made = { ...answer, version };
    if (!isKnown) return made;
    known.set(name, made);
    for (const oldest of known.keys()) {
      if (known.size <= HOSTS_MAX) break;
      known.delete(oldest);
    }
    return made;
  };
}
