/** One line of the allow-list, as it is served and as its history keeps it. */

import { z } from "zod";
import type { Releases } from "@/lib/extension/desktop/desktop-release";
import { latestOf, type VersionRef } from "@/lib/extension/offer/offer";
import type { OfferableVersions } from "@/lib/extension/offer/offerable-version";
import type { Policy } from "@/lib/extension/policy/policy";
import { familiarName, parseRepository } from "@/lib/extension/reference/repository";
import type { EntryFacts } from "@/lib/marketplace/rows/entry-facts";
import type { TrackKind } from "@/lib/platform/prisma/client";

/** Plain JSON. The four version fields are null together: in force, but no version can be installed yet. */
export const allowListItemSchema = z.object({
  /** The familiar name. */
  repository: z.string(),
  track: z.enum(["follow", "range", "pin"]),
  range: z.string().nullable(),
  state: z.literal("active"),
  tag: z.string().nullable(),
  version: z.string().nullable(),
  digest: z.string().nullable(),
  /** Always by digest. */
  reference: z.string().nullable(),
  since: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
});

export type AllowListItem = z.infer<typeof allowListItemSchema>;

/**
 * The item of an entry, or null when its stored state is not active. The reader applies the expiry: the item names
 * the time, so that it leaves the list without a write. `offerable` is what `offerableVersions` returned for this entry.
 */
export function allowListItem(
  entry: EntryFacts & { repository: string },
  offerable: OfferableVersions,
  releases: Releases,
  policy: Policy,
): AllowListItem | null {
  if (entry.state !== "active") return null;
  const repository = familiarName(parseRepository(entry.repository));
  const version = versionInForce(entry.track, offerable, releases, policy);
  return {
    repository,
    track: entry.track,
    range: entry.range,
    state: entry.state,
    tag: version?.tag ?? null,
    version: version?.version ?? null,
    digest: version?.digest ?? null,
    reference: version ? `${repository}@${version.digest}` : null,
    since: entry.since.toISOString(),
    expiresAt: entry.expiresAt?.toISOString() ?? null,
  };
}

/** A pin names its version itself, so a pinned prerelease is included. */
function versionInForce(
  track: TrackKind,
  offerable: OfferableVersions,
  releases: Releases,
  policy: Policy,
): VersionRef | null {
  const { latest, latestPrerelease } = latestOf(offerable, releases, policy);
  return track === "pin" ? (latest ?? latestPrerelease) : latest;
}
