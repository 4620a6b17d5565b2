/** Which version each Docker Desktop release is offered, on both architectures. */

import type { OfferDocument } from "@/lib/catalog/documents/documents";
import type { ExtensionView } from "@/lib/catalog/views/extension-view";
import type { ReleaseConfidence } from "@/lib/extension/desktop/release-table";

/** What Docker Desktop runs on. */
export const ARCHITECTURES = ["amd64", "arm64"] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

export type CellDocument = {
  architecture: Architecture;
  offer: OfferDocument["offer"];
  reason: OfferDocument["reason"];
};

export type ReleaseRowDocument = {
  desktop: string;
  releasedOn: string | null;
  apiVersion: string | null;
  /** The confidence in the API version. */
  confidence: ReleaseConfidence;
  offers: CellDocument[];
};

export type CompatibilityDocument = {
  repository: string;
  /** The newest stable version; where an offer is another one, its `reason` says why. */
  newest: OfferDocument["newest"];
  architectures: Architecture[];
  items: ReleaseRowDocument[];
  total: number;
  next: null;
};

/** Every release on record, newest first. */
export function compatibilityMatrix(view: ExtensionView): CompatibilityDocument {
  const items = view.by.releases.rows.map(({ release }) => rowOf(view, release)).reverse();
  const { newest } = view.offer({ architecture: ARCHITECTURES[0] });
  return {
    repository: view.repository,
    newest,
    architectures: [...ARCHITECTURES],
    items,
    total: items.length,
    next: null,
  };
}

type Release = ExtensionView["by"]["releases"]["rows"][number]["release"];

function rowOf(view: ExtensionView, release: Release): ReleaseRowDocument {
  const { version, releasedOn, apiVersion, confidence } = release;
  const offers = ARCHITECTURES.map((architecture): CellDocument => {
    const { offer, reason } = view.offer({ desktop: version, architecture });
    return { architecture, offer, reason };
  });
  return { desktop: version, releasedOn, apiVersion, confidence, offers };
}
