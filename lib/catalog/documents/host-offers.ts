import type { Host } from "@/lib/extension/desktop/desktop-release";
import type { OfferAnswer } from "@/lib/extension/offer/offer";
import { parseSemver, type SemVersion } from "@/lib/extension/reference/semver";

/** A host's offer, with its version parsed for comparison. */
export type HostOffer = OfferAnswer & { version: SemVersion | undefined };

/** A host with a cache key that is equal for hosts with equal offers. Create it once per request. */
export type NamedHost = { host: Host; name: string; isKnown: boolean };

/** Fleets have a few dozen distinct hosts; the bound protects against clients that invent more. */
const HOSTS_MAX = 32;

/** `isKnown`: whether results for the host can be cached (see `isKnownHost`). */
export function namedHost(host: Host, isKnown: boolean): NamedHost {
  const { desktop, api, architecture, os, channel = "stable" } = host;
  return { host, name: [desktop, api, architecture, os, channel].join("/"), isKnown };
}

/** Caches offers of known hosts, bounded, oldest first out. */
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
